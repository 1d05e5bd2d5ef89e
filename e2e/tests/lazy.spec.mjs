// Lazy loading: chunks are fetched once, when a page first needs them; a failure is shown and can be retried.

import { expect, test } from './support/fixtures.mjs';

const NAME = 'Liver';
const TRAITS = ['1435464_at:HC_M2_0606_P', '10710:BXDPublish'];
const NOT_LOADED = 'This part of the page could not be loaded';
const CHUNK = /\/client-[a-z_.0-9]+-[0-9a-f]{16}\.wasm$/;

/// Collects the names of the chunks that the page requests from now on.
function requestedChunks(page) {
  const names = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (CHUNK.test(pathname)) names.push(pathname.split('-')[1]);
  });
  return names;
}

test('the list needs no chunk; a collection and a transfer load theirs once', async ({ site, page }) => {
  const chunks = requestedChunks(page);
  await site.open();
  await site.create(NAME, TRAITS);
  await expect(site.row(NAME)).toBeVisible();
  expect(chunks).toEqual([]);

  await site.link(NAME).click();
  await expect(site.heading(NAME)).toBeVisible();
  await expect(site.heading(NAME)).toBeFocused();
  const ofCollection = [...chunks];
  expect(ofCollection.filter((chunk) => chunk === 'collection')).toHaveLength(1);
  expect(ofCollection.every((chunk) => chunk.split('.').includes('collection')), `${ofCollection}`).toBe(true);

  await site.toCollections();
  await site.link(NAME).click();
  await expect(site.heading(NAME)).toBeVisible();
  expect(chunks).toEqual(ofCollection);

  await site.toActivity();
  await expect(page.getByRole('main').getByRole('button', { name: 'Sign in' })).toBeVisible();
  const ofTransfer = chunks.slice(ofCollection.length);
  expect(ofTransfer.filter((chunk) => chunk === 'transfer')).toHaveLength(1);
  expect(ofTransfer.every((chunk) => chunk.split('.').includes('transfer')), `${ofTransfer}`).toBe(true);
});

test('only one style sheet blocks the first view', async ({ site, page }) => {
  await site.open();
  const blocking = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ renderBlockingStatus }) => renderBlockingStatus === 'blocking')
      .map(({ name }) => new URL(name).pathname),
  );
  expect(blocking).toEqual([expect.stringMatching(/^\/styles-[0-9a-f]{13,16}\.css$/)]);
});

test('a chunk can be loaded on the first page of a visit', async ({ site, page }) => {
  await site.open();
  await site.create(NAME, TRAITS);
  await site.link(NAME).click();
  await expect(site.heading(NAME)).toBeVisible();
  const chunks = requestedChunks(page);
  await page.reload();
  await expect(site.heading(NAME)).toBeVisible();
  await expect(page.getByText('1435464_at', { exact: true })).toBeVisible();
  expect(chunks.filter((chunk) => chunk === 'collection')).toHaveLength(1);
});

test('a chunk that cannot be loaded is reported and can be retried', async ({ site, page, guard }) => {
  guard.allow(/Failed to load resource|Failed to fetch|HTTP status code is not ok/);
  await site.open();
  await site.create(NAME, TRAITS);
  // The network is gone; then the server has another version; then all is well.
  const answers = [
    (route) => route.abort('internetdisconnected'),
    (route) => route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{}' }),
  ];
  await page.route(/\/client-collection-/, (route) => (answers.shift() ?? ((it) => it.continue()))(route));
  await site.link(NAME).click();
  await expect(site.heading(NOT_LOADED)).toBeFocused();
  await expect(page.getByText('Nothing was lost.')).toBeVisible();

  await site.button('Try again').click();
  await expect.poll(() => answers.length).toBe(0);
  await expect(site.heading(NOT_LOADED)).toBeFocused();

  // The rest of the page goes on working.
  await site.toCollections();
  await expect(site.row(NAME)).toContainText('2 traits');
  await site.link(NAME).click();
  await expect(site.heading(NAME)).toBeVisible();
  await expect(page.getByText('1435464_at', { exact: true })).toBeVisible();
});

test('the button retries a chunk that could not be loaded', async ({ site, page, guard }) => {
  guard.allow(/Failed to load resource|Failed to fetch/);
  await site.open();
  await site.create(NAME, TRAITS);
  await page.route(CHUNK, (route) => route.abort('internetdisconnected'));
  await site.link(NAME).click();
  await expect(site.heading(NOT_LOADED)).toBeVisible();
  await page.unroute(CHUNK);
  await site.button('Try again').click();
  await expect(site.heading(NAME)).toBeFocused();
});

test.describe('offline', () => {
  test.use({ serviceWorkers: 'allow' });

  test('after the first visit all chunks are available offline', async ({ site, page, context, guard }) => {
    guard.allow(/Failed to load resource|ERR_INTERNET_DISCONNECTED|Failed to fetch/);
    const chunks = requestedChunks(page);
    await site.open();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
    expect(chunks).toEqual([]);
    await context.setOffline(true);
    await site.create(NAME, TRAITS);
    await site.link(NAME).click();
    await expect(site.heading(NAME)).toBeVisible();
    await site.toActivity();
    await expect(page.getByRole('main').getByRole('button', { name: 'Sign in' })).toBeVisible();
  });
});
