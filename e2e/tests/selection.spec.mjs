// Several collections at once: copied between browser and account, deleted, restored.

import { list } from './support/content.mjs';
import { expect, test } from './support/fixtures.mjs';
import { expectReadable } from './support/gn-auth.mjs';

const EMAIL = 'researcher09@uon.example';
const NEWCOMER = 'newcomer@uon.example';

const owner = (site, email) => site.demo.person(email).user_id;
const box = (page, name) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true });

test('copies from the browser arrive in the account once, and stay in the browser', async ({ site, page, redis }) => {
  await site.open();
  await site.create('Liver', ['1:D', '2:D']);
  await site.create('Brain', ['3:D']);
  await site.create('Not this', ['4:D']);
  await site.signIn(NEWCOMER);
  await box(page, 'Liver').check();
  await box(page, 'Brain').check();
  await expect(page.getByText('2 collections selected')).toBeVisible();
  await site.button('Copy to my account').click();
  await site.expectToast('2 collections were copied to your account.');
  await expect(site.row('Liver').filter({ hasText: 'In your account' })).toBeVisible();
  await expect(site.row('Liver').filter({ hasText: 'Browser copy, imported' })).toBeVisible();
  const stored = await list(redis, 'collections2', owner(site, NEWCOMER));
  expectReadable(stored);
  expect(stored.map(({ name, members }) => [name, members]).sort()).toEqual([['Brain', ['3:D']], ['Liver', ['1:D', '2:D']]]);

  await site.button('Copy to my account').click();
  await site.expectToast('2 collections were in your account already.');
  expect(await list(redis, 'collections2', owner(site, NEWCOMER))).toEqual(stored);
});

test('a copy whose response is lost arrives once', async ({ site, page, redis, guard }) => {
  guard.allow(/Failed to load resource/);
  await site.open();
  await site.create('Liver', ['1:D', '2:D']);
  await site.signIn(NEWCOMER);
  let lost = 0;
  await page.route('**/api/v1/imports', async (route) => {
    lost += 1;
    if (lost > 1) return route.fallback();
    await route.fetch();
    return route.abort();
  });
  await box(page, 'Liver').check();
  await site.button('Copy to my account').click();
  await site.expectToast('1 collection was copied to your account.');
  expect(lost).toBe(2);
  expect(await list(redis, 'collections2', owner(site, NEWCOMER))).toHaveLength(1);
});

test('copies from the account are in the browser after signing out, and are not offered for import', async ({ site, page }) => {
  await site.openSignedIn(EMAIL);
  await box(page, 'started afresh').check();
  await site.button('Copy to this browser').click();
  await site.expectToast('1 collection was copied to this browser.');
  await site.button('Copy to this browser').click();
  await site.expectToast('1 collection was in this browser already.');
  await expect(page.getByRole('region', { name: /before signing in/ })).toHaveCount(0);
  await site.signOut();
  await expect(site.row('started afresh')).toHaveCount(1);
  await site.link('started afresh').click();
  await expect(page.locator('[data-place]')).toHaveCount(2);
});

test('several collections of browser and account are deleted together, and one Undo restores them', async ({ site, page, redis }) => {
  await site.openSignedIn(EMAIL);
  const before = await redis.hGet('collections2', owner(site, EMAIL));
  await site.create('Here', ['1:D'], { where: 'this browser' });
  await box(page, 'Here').check();
  await box(page, 'started afresh').check();
  await site.button('Delete 2 collections').click();
  await site.expectToast('2 collections were deleted.');
  await expect(site.link('Here')).toHaveCount(0);
  await expect(site.link('started afresh')).toHaveCount(0);
  await expect(site.button('Undo')).toBeFocused();
  await page.keyboard.press('Enter');
  await site.expectToast('2 collections were restored.');
  await expect(site.row('Here')).toBeVisible();
  await expect(site.row('started afresh')).toBeVisible();
  expect(await redis.hGet('collections2', owner(site, EMAIL)), 'byte for byte').toBe(before);
});

/// Deletes two collections; the first response is lost, and `answer` handles the repeated request.
async function deleteWithALoss(site, page, answer) {
  await site.openSignedIn(NEWCOMER);
  for (const name of ['Liver', 'Brain']) await site.create(name, ['1:D'], { where: 'your account' });
  let lost = '';
  await page.route('**/api/v1/collections/*', async (route) => {
    if (route.request().method() !== 'DELETE') return route.fallback();
    if (route.request().url() === lost) return answer(route);
    if (lost) return route.fallback();
    lost = route.request().url();
    await route.fetch();
    return route.abort();
  });
  await page.getByLabel('Select all shown').check();
  await site.button('Delete 2 collections').click();
  await site.expectToast('2 collections were deleted.');
  expect(lost).not.toBe('');
  await site.button('Undo').click();
}

test('Undo also restores a collection whose deletion got no response', async ({ site, page, guard }) => {
  guard.allow(/Failed to load resource/);
  await deleteWithALoss(site, page, (route) => route.fallback());
  await site.expectToast('2 collections were restored.');
  await expect(page.getByText('2 collections', { exact: true })).toBeVisible();
});

test('Undo names the collections that it cannot restore', async ({ site, page, guard }) => {
  guard.allow(/Failed to load resource/);
  const gone = { type: '/problems/not-found', title: 'Not found', status: 404, detail: 'It is gone.', request_id: 'x' };
  await deleteWithALoss(site, page, (route) => route.fulfill({ status: 404, contentType: 'application/problem+json', json: gone }));
  await site.expectToast('1 collection was restored. 1 collection was not: it is still under “Recently deleted”.');
  const bin = await site.openBin();
  await expect(bin.getByRole('listitem')).toHaveCount(1);
  await bin.getByRole('button', { name: /^Restore/ }).click();
  await expect(page.getByText('2 collections', { exact: true })).toBeVisible();
});

test('a range, all shown collections, and hidden collections are selected', async ({ site, page }) => {
  await site.open();
  for (const name of ['One', 'Two', 'Three', 'Four', 'Five', 'Six']) await site.create(name, ['1:D']);
  await page.getByLabel('Sort by').selectOption('Name');
  await box(page, 'Four').check();
  await box(page, 'Six').click({ modifiers: ['Shift'] });
  await expect(page.getByText('3 collections selected')).toBeVisible();
  await expect(box(page, 'One')).toBeChecked();
  await page.getByLabel('Search by name').fill('t');
  await page.getByLabel('Select all shown').check();
  await expect(page.getByText('5 collections selected')).toBeVisible();
  await page.getByLabel('Select all shown').uncheck();
  await expect(page.getByText('3 collections selected')).toBeVisible();
  await site.button('Select none').click();
  await expect(page.getByText('collections selected')).toHaveCount(0);
});
