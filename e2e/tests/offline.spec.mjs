// Without a network the app opens from the cache of the service worker, collections of this browser are usable, and those of
// the account are shown as unreachable.

import { expect, test } from './support/fixtures.mjs';
import { ProxyServer } from './support/proxy-server.mjs';

test.use({ serviceWorkers: 'allow' });

const EMAIL = 'newcomer@uon.example';
const TRAITS = ['1435464_at:HC_M2_0606_P', '10710:BXDPublish'];
const OFFLINE = 'You are offline, or the server cannot be reached';

/// Opens the page and waits until it is available offline.
async function openAndKeep(site) {
  await site.open();
  await site.page.evaluate(() => navigator.serviceWorker.ready);
  await expect.poll(() => site.page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
}

/// Returns the paths in the cache of the service worker.
function keptPaths(page) {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname + new URL(url).search);
  });
}

test.beforeEach(({ guard }) => guard.allow(/Failed to load resource|ERR_INTERNET_DISCONNECTED|Failed to fetch/));

test('collections are created, renamed, filled, emptied and deleted offline, and survive each reload', async ({ site, page, context }) => {
  await openAndKeep(site);
  await context.setOffline(true);
  await page.reload();
  await expect(page.getByRole('heading', { name: OFFLINE })).toBeVisible();
  await expect(page.getByText('No collections yet')).toHaveCount(0);

  await site.create('Liver', TRAITS);
  await site.create('Brain', TRAITS);
  await page.reload();
  await expect(site.row('Brain')).toContainText('2 traits');
  await site.link('Liver').click();
  await site.button('Rename').click();
  await page.getByLabel('Name').fill('Leber');
  await site.button('Save').click();
  await expect(site.heading('Leber')).toBeVisible();
  await page.getByLabel('Traits to add').fill('10002:BXDPublish');
  await site.button('Add 1 trait').click();
  await expect(page.getByText('1 trait added and saved in this browser.')).toBeVisible();
  await site.button('Remove 10710:BXDPublish').click();
  await expect(page.getByText('10710:BXDPublish was removed.')).toBeVisible();

  // At the collection's own address, which the server was never asked for.
  await page.reload();
  await expect(site.heading('Leber')).toBeVisible();
  await expect(page.getByRole('table')).toContainText('10002');
  await expect(page.getByRole('table')).not.toContainText('10710');
  await site.button('Delete').click();
  await expect(page.getByText('Leber was deleted.')).toBeVisible();
  await page.reload();
  await expect(site.row('Brain')).toBeVisible();
  await expect(site.link('Leber')).toHaveCount(0);

  await context.setOffline(false);
  await expect(page.getByRole('heading', { name: OFFLINE })).toBeHidden();
  await expect(page.getByRole('banner').getByRole('link', { name: 'Register' })).toBeVisible();
  await expect(site.row('Brain')).toContainText('2 traits');
});

test('offline the account is shown as unreachable, not empty, and returns with the network', async ({ site, page, context }) => {
  await openAndKeep(site);
  await site.signIn(EMAIL);
  await site.create('In the account', TRAITS, { where: 'your account' });
  await context.setOffline(true);
  await site.toActivity();
  await expect(page.getByRole('heading', { name: 'The server cannot be reached' })).toBeVisible();
  await site.toCollections();
  await expect(page.getByRole('heading', { name: 'The server cannot be reached' })).toBeVisible();
  await expect(page.getByText('No collections yet')).toHaveCount(0);

  await page.reload();
  await expect(page.getByRole('heading', { name: OFFLINE })).toBeVisible();
  await expect(page.getByText('No collections yet')).toHaveCount(0);

  await context.setOffline(false);
  await expect(page.getByRole('heading', { name: OFFLINE })).toBeHidden();
  await site.openSignedInAgain(EMAIL);
  await expect(site.row('In the account')).toContainText('2 traits');
});

test('files are read offline by the lazily loaded chunk', async ({ site, page, context }) => {
  await openAndKeep(site);
  await context.setOffline(true);
  await page.reload();
  await site.create('From a file', ['1:D']);
  await site.link('From a file').click();
  const buffer = Buffer.from(['1:D', ...TRAITS].join('\n'));
  const file = { name: 'traits.txt', mimeType: 'text/plain', buffer };
  await page.getByLabel('Or choose files, or drop them here').setInputFiles(file);
  await site.button('Add 2 traits').click();
  await expect(page.getByRole('table')).toContainText('1435464_at');
});

test('the service worker caches nothing of the API, of the sign-in or with a query', async ({ site, page }) => {
  await openAndKeep(site);
  await page.goto('/?utm_source=somewhere');
  await site.signIn(EMAIL);
  await page.goto('/activity');
  const paths = await keptPaths(page);
  expect(paths).toContain('/');
  expect(paths.some((path) => path.endsWith('.wasm'))).toBe(true);
  expect(paths.filter((path) => /api|callback|activity|\?/.test(path))).toEqual([]);
});

test('a new build replaces the cached one completely, and an incomplete one never does', async ({ site, page, context, demo }) => {
  const proxy = await ProxyServer.start(demo.record.url);
  await page.goto(proxy.url);
  await page.evaluate(() => navigator.serviceWorker.ready);
  const [first] = await page.evaluate(() => caches.keys());
  const script = await (await page.request.get('/service-worker.js')).text();

  const build = JSON.parse(script.match(/const BUILD = (\{.*\});/)[1]);
  const deploy = async (changed) => {
    const filled = `const BUILD = ${JSON.stringify({ ...build, ...changed })};`;
    proxy.replaced.set('/service-worker.js', script.replace(/const BUILD = \{.*\};/, filled));
    return page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      // A worker that fails may be gone from the registration soon after.
      const found = new Promise((resolve) => {
        registration.addEventListener('updatefound', () => resolve(registration.installing), { once: true });
      });
      await registration.update();
      const worker = await found;
      while (!['activated', 'redundant'].includes(worker.state)) {
        await new Promise((resolve) => worker.addEventListener('statechange', resolve, { once: true }));
      }
      return worker.state;
    });
  };
  const kept = () => page.evaluate(() => caches.keys());

  // The page that the server gives is not the one that this worker belongs to.
  expect(await deploy({ version: 'half', page: '0'.repeat(64) })).toBe('redundant');
  // One of its files is not there yet.
  const early = [...build.files, '/client-0123456789abcdef.js'];
  expect(await deploy({ version: 'early', files: early })).toBe('redundant');
  expect(await kept()).toEqual([first]);

  // Tabs of the build before may still need its files; of the one before that, nothing stays.
  expect(await deploy({ version: 'second' })).toBe('activated');
  await expect.poll(kept).toEqual([first, 'gnc-page-second']);
  expect(await deploy({ version: 'third' })).toBe('activated');
  await expect.poll(kept).toEqual(['gnc-page-second', 'gnc-page-third']);

  await proxy.stop();
  await page.reload();
  await expect(page.getByRole('heading', { name: OFFLINE })).toBeVisible();
  await site.create('Liver', TRAITS);
});
