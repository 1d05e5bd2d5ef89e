// The ways to GeneNetwork: from the header, from a collection, and with an exported file that GN2 imports.

import { createHmac } from 'node:crypto';
import { list } from './support/content.mjs';
import { exportedTraits } from './support/exported-traits.mjs';
import { expect, test } from './support/fixtures.mjs';

const EMAIL = 'newcomer@uon.example';
const OPEN = 'Open in GeneNetwork';
const COPY_AND_OPEN = 'Copy to my account and open';
const TRAITS = ['1435464_at:HC_M2_0606_P', '10710:BXDPublish', 'größe:D'];

const viewed = (id) => `https://genenetwork.org/collections/view?uc_id=${id}`;
const owned = (redis, site) => list(redis, 'collections2', site.demo.person(EMAIL).user_id);

test.beforeEach(({ page }) => page.route('https://genenetwork.org/**', (route) => route.fulfill({ body: 'a page of GeneNetwork' })));

async function expectGeneNetwork(page, address) {
  await expect(page.getByText('a page of GeneNetwork')).toBeVisible();
  expect(page.url()).toBe(address);
}

test('the header links to GeneNetwork', async ({ site, page }) => {
  await site.open();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Main site', exact: true }).click();
  await expectGeneNetwork(page, 'https://genenetwork.org/');
});

test('a collection of the account links to its page on GeneNetwork', async ({ site, page, redis }) => {
  await site.openSignedIn(EMAIL);
  await site.create('Mine', TRAITS, { where: 'your account' });
  await site.link('Mine').click();
  const [{ id }] = await owned(redis, site);
  await expect(site.link(OPEN)).toHaveAttribute('href', viewed(id));
  await expect(site.button(COPY_AND_OPEN)).toHaveCount(0);
  await site.link(OPEN).click();
  await expectGeneNetwork(page, viewed(id));
});

test('a collection of the browser is copied and then opened, once', async ({ site, page, redis }) => {
  await site.openSignedIn(EMAIL);
  await site.create('Local', TRAITS, { where: 'this browser' });
  await site.link('Local').click();
  const url = page.url();
  await expect(site.link(OPEN)).toHaveCount(0);
  expect(await owned(redis, site), 'looking copies nothing').toEqual([]);
  await site.button(COPY_AND_OPEN).click();
  await expect(page.getByText('a page of GeneNetwork')).toBeVisible();
  const [copy] = await owned(redis, site);
  expect([copy.name, copy.members, page.url()]).toEqual(['Local', TRAITS, viewed(copy.id)]);

  await page.goto(url);
  await site.button(COPY_AND_OPEN).click();
  await expectGeneNetwork(page, viewed(copy.id));
  expect(await owned(redis, site), 'the account has it already').toEqual([copy]);
});

test('somebody who is not signed in is asked to, and nothing is copied without a click', async ({ site, page, redis }) => {
  await site.open();
  await site.create('Local', TRAITS);
  await site.link('Local').click();
  await site.button(COPY_AND_OPEN).click();
  await site.expectToast('GeneNetwork opens collections of your account. Sign in to copy this one there.');
  await page.locator('.toast').getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password').fill('demo');
  await site.button('Sign in').click();
  await site.expectSignedIn(site.demo.person(EMAIL).name);
  await expect(site.heading('Local')).toBeVisible();
  await expect(site.button(COPY_AND_OPEN)).toBeVisible();
  expect(await owned(redis, site)).toEqual([]);
  await site.button(COPY_AND_OPEN).click();
  await expect(page.getByText('a page of GeneNetwork')).toBeVisible();
  expect(await owned(redis, site)).toHaveLength(1);
});

test('what GeneNetwork cannot show is not copied, and the page says so before it opens the copy', async ({ site, page, redis }) => {
  const times = { created: 'Nov 12 2019 03:27PM', changed: 'Nov 12 2019 03:27PM' };
  const members = ['10710:BXDPublish', 'PC1'];
  const entry = { id: '6f0c8d2f-4b1e-4c5e-9c2f-4f5e9f0a6f11', name: 'Old', ...times, num_members: 2, members };
  const owner = site.demo.person(EMAIL).user_id;
  await redis.hSet('collections2', owner, JSON.stringify([entry]));
  await site.openSignedIn(EMAIL);
  await page.getByLabel('Select Old').check();
  await site.button('Copy to this browser').click();
  await site.expectToast('1 collection was copied to this browser.');
  await redis.hSet('collections2', owner, '[]');
  await page.reload();
  await site.link('Old').click();
  await site.button(COPY_AND_OPEN).click();
  await site.expectToast('1 collection was copied to your account. 1 trait that GeneNetwork cannot show was not copied.');
  const [copy] = await owned(redis, site);
  expect(copy.members).toEqual(['10710:BXDPublish']);
  await page.locator('.toast').getByRole('button', { name: OPEN }).click();
  await expectGeneNetwork(page, viewed(copy.id));
});

test('a copy that fails leaves the person on the page', async ({ site, page, redis, guard }) => {
  guard.allow(/status of 500/);
  await site.openSignedIn(EMAIL);
  await site.create('Local', TRAITS, { where: 'this browser' });
  await site.link('Local').click();
  await page.route('**/api/v1/imports', (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{}' }));
  await site.button(COPY_AND_OPEN).click();
  await expect(page.locator('.toast')).toContainText('The server did not answer. Nothing was lost.');
  await expect(site.button(COPY_AND_OPEN)).toBeVisible();
  await expect(site.heading('Local')).toBeVisible();
  expect(await owned(redis, site), 'the account').toEqual([]);
  expect(new URL(page.url()).origin, 'still on our page').toBe(site.demo.record.url);
});

/// What GN2's import does with a row (`gn2/wqflask/collect.py`, `process_traits`).
function gn2Import(row) {
  const cut = row.lastIndexOf(':');
  const [data, signature] = [row.slice(0, cut).trim(), row.slice(cut + 1)];
  expect(createHmac('sha1', 'gn2-demo-hmac-secret').update(data).digest('hex').slice(0, 20), 'Data tampering?').toBe(signature);
  return data;
}

test('GN2 imports the file of a collection of the account', async ({ site, page, guard }) => {
  await site.openSignedIn(EMAIL);
  await site.create('Mine', TRAITS, { where: 'your account' });
  await site.link('Mine').click();
  expect((await exportedTraits(site)).map(gn2Import)).toEqual(TRAITS);

  guard.allow(/status of 404/);
  await page.route('**/signatures', (route) => route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{}' }));
  expect(await exportedTraits(site), 'without signatures').toEqual(TRAITS);
});

test('the file of a collection of the browser has no signatures', async ({ site, page }) => {
  const asked = [];
  page.on('request', (request) => request.url().includes('signatures') && asked.push(request.url()));
  await site.openSignedIn(EMAIL);
  await site.create('Local', TRAITS, { where: 'this browser' });
  await site.link('Local').click();
  expect(await exportedTraits(site)).toEqual(TRAITS);
  expect(asked).toEqual([]);
});
