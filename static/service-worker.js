// Opens the page without a network: caches all files of one build, and serves the page when the
// server cannot be reached. It never caches responses of the API, nor any request with a query.
//
// File names contain a hash of the content, so a page never runs with files of another build. The
// files of the previous build stay cached, because tabs with it may still be open. The few files
// without a hash all come from one build.

// The server replaces `null` by: `version` of the build, `page`, the SHA-256 of the page, and
// `files`, the other paths.
const BUILD = null;

const CACHE_PREFIX = 'gnc-page-';
const CACHE_NAME = CACHE_PREFIX + BUILD?.version;
const HASHED = /[-_./][0-9a-f]{13,16}[-_./]/;

// The browser's own cache holds most of these files already, because the page has loaded them.
async function cacheBuild() {
  const page = await fetch('/', { cache: 'no-store', credentials: 'omit' });
  const digest = await crypto.subtle.digest('SHA-256', await page.clone().arrayBuffer());
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex !== BUILD.page) throw new Error('the server has a newer build, with its own service worker');
  try {
    const cache = await caches.open(CACHE_NAME);
    await cache.addAll(BUILD.files);
    await cache.put('/', page);
  } catch (error) {
    await caches.delete(CACHE_NAME);
    throw error;
  }
}

// Keeps the cache of the previous build.
async function deleteOldCaches() {
  const others = (await caches.keys()).filter((name) => name.startsWith(CACHE_PREFIX) && name !== CACHE_NAME);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await clients.claim();
}

async function cachedFile(path) {
  return (await caches.open(CACHE_NAME)).match(path, { ignoreVary: true });
}

// Prefers the server, because it may have a newer build.
async function pageFromServerOrCache(request) {
  const response = await fetch(request).catch(() => null);
  if (response && response.status < 500) return response;
  return (await cachedFile('/')) ?? response ?? Response.error();
}

if (BUILD) {
  addEventListener('install', (event) => {
    skipWaiting();
    event.waitUntil(cacheBuild());
  });
  addEventListener('activate', (event) => event.waitUntil(deleteOldCaches()));
  addEventListener('fetch', (event) => {
    const { request } = event;
    const { origin, pathname, search } = new URL(request.url);
    if (request.method !== 'GET' || origin !== location.origin || search || pathname.startsWith('/api/')) return;
    if (HASHED.test(pathname)) {
      const cached = caches.match(pathname, { ignoreVary: true });
      event.respondWith(cached.then((file) => file ?? fetch(request)));
    } else if (BUILD.files.includes(pathname)) {
      event.respondWith(cachedFile(pathname).then((file) => file ?? fetch(request)));
    } else if (request.mode === 'navigate' && pathname !== '/callback' && !pathname.includes('.')) {
      event.respondWith(pageFromServerOrCache(request));
    }
  });
}
