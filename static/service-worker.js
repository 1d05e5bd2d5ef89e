// Opens the page without a network: keeps the files of one build, all or none of them, and gives the page to whoever
// cannot reach the server. It never keeps what the API says, nor anything with a query.
//
// Names of files carry a hash of their content, so a page never runs with files of another build: it asks for them by
// name, and the files of the build before are kept as long as tabs with it may be open. The few files without a hash come
// from one build, all of them.

// Filled in by the server: `version` of the build, SHA-256 of `page`, and `files`, the paths of all others.
const BUILD = null;

const PREFIX = 'gnc-page-';
const NAME = PREFIX + BUILD?.version;
const HASHED = /[-_./][0-9a-f]{13,16}[-_./]/;

/// The browser has just loaded most files for the page itself, and takes them from its own cache.
async function keep() {
  const page = await fetch('/', { cache: 'no-store', credentials: 'omit' });
  const digest = await crypto.subtle.digest('SHA-256', await page.clone().arrayBuffer());
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex !== BUILD.page) throw new Error('the server has another build by now, with another worker');
  try {
    const cache = await caches.open(NAME);
    await cache.addAll(BUILD.files);
    await cache.put('/', page);
  } catch (error) {
    await caches.delete(NAME);
    throw error;
  }
}

/// The build before stays.
async function forget() {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await clients.claim();
}

async function kept(path) {
  return (await caches.open(NAME)).match(path, { ignoreVary: true });
}

/// From the server, whose word is the newest; when it does not answer, what is kept.
async function newestPage(request) {
  const answer = await fetch(request).catch(() => null);
  if (answer && answer.status < 500) return answer;
  return (await kept('/')) ?? answer ?? Response.error();
}

if (BUILD) {
  addEventListener('install', (event) => {
    skipWaiting();
    event.waitUntil(keep());
  });
  addEventListener('activate', (event) => event.waitUntil(forget()));
  addEventListener('fetch', (event) => {
    const { request } = event;
    const { origin, pathname, search } = new URL(request.url);
    if (request.method !== 'GET' || origin !== location.origin || search || pathname.startsWith('/api/')) return;
    if (HASHED.test(pathname)) {
      const known = caches.match(pathname, { ignoreVary: true });
      event.respondWith(known.then((file) => file ?? fetch(request)));
    } else if (BUILD.files.includes(pathname)) {
      event.respondWith(kept(pathname).then((file) => file ?? fetch(request)));
    } else if (request.mode === 'navigate' && pathname !== '/callback' && !pathname.includes('.')) {
      event.respondWith(newestPage(request));
    }
  });
}
