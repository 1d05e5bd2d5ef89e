// What is not needed at the first look is loaded when it is, once, and says so when it cannot be.

import { expect, test } from './support/fixtures.mjs';

const NAME = 'Liver';
const TRAITS = ['1435464_at:HC_M2_0606_P', '10710:BXDPublish'];
const NOT_LOADED = 'This part of the page could not be loaded';
const PART = /\/client-[a-z_0-9]+-[0-9a-f]{16}\.wasm$/;

/// The parts that the page asks for from now on, by their names.
function asked(page) {
  const names = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (PART.test(pathname)) names.push(pathname.split('-')[1]);
  });
  return names;
}

test('the list needs no part; a collection and a transfer need theirs, once', async ({ site, page }) => {
  const parts = asked(page);
  await site.open();
  await site.create(NAME, TRAITS);
  await expect(site.row(NAME)).toBeVisible();
  expect(parts).toEqual([]);

  await site.link(NAME).click();
  await expect(site.heading(NAME)).toBeVisible();
  await expect(site.heading(NAME)).toBeFocused();
  const ofCollection = [...parts];
  expect(ofCollection.filter((part) => part === 'collection')).toHaveLength(1);
  expect(ofCollection.every((part) => part.split('_').includes('collection')), `${ofCollection}`).toBe(true);

  await site.toCollections();
  await site.link(NAME).click();
  await expect(site.heading(NAME)).toBeVisible();
  expect(parts).toEqual(ofCollection);

  await site.toActivity();
  await expect(page.getByRole('main').getByRole('button', { name: 'Sign in' })).toBeVisible();
  const ofTransfer = parts.slice(ofCollection.length);
  expect(ofTransfer.filter((part) => part === 'transfer')).toHaveLength(1);
  expect(ofTransfer.every((part) => part.split('_').includes('transfer')), `${ofTransfer}`).toBe(true);
});

test('nothing but one style sheet holds up the first view', async ({ site, page }) => {
  await site.open();
  const holding = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ renderBlockingStatus }) => renderBlockingStatus === 'blocking')
      .map(({ name }) => new URL(name).pathname),
  );
  expect(holding).toEqual([expect.stringMatching(/^\/styles-[0-9a-f]{16}\.css$/)]);
});

test('a part can be the first thing that is loaded', async ({ site, page }) => {
  await site.open();
  await site.create(NAME, TRAITS);
  await site.link(NAME).click();
  await expect(site.heading(NAME)).toBeVisible();
  const parts = asked(page);
  await page.reload();
  await expect(site.heading(NAME)).toBeVisible();
  await expect(page.getByText('1435464_at', { exact: true })).toBeVisible();
  expect(parts.filter((part) => part === 'collection')).toHaveLength(1);
});

test('a part that cannot be loaded is said so, and can be asked for again', async ({ site, page, guard }) => {
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

test('the way out of a part that cannot be loaded is the button, too', async ({ site, page, guard }) => {
  guard.allow(/Failed to load resource|Failed to fetch/);
  await site.open();
  await site.create(NAME, TRAITS);
  await page.route(PART, (route) => route.abort('internetdisconnected'));
  await site.link(NAME).click();
  await expect(site.heading(NOT_LOADED)).toBeVisible();
  await page.unroute(PART);
  await site.button('Try again').click();
  await expect(site.heading(NAME)).toBeFocused();
});

test.describe('offline', () => {
  test.use({ serviceWorkers: 'allow' });

  test('after the first visit all parts are there without a network, seen or not', async ({ site, page, context, guard }) => {
    guard.allow(/Failed to load resource|ERR_INTERNET_DISCONNECTED|Failed to fetch/);
    const parts = asked(page);
    await site.open();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
    expect(parts).toEqual([]);
    await context.setOffline(true);
    await site.create(NAME, TRAITS);
    await site.link(NAME).click();
    await expect(site.heading(NAME)).toBeVisible();
    await site.toActivity();
    await expect(page.getByRole('main').getByRole('button', { name: 'Sign in' })).toBeVisible();
  });
});
