// Several collections at once: copied between browser and account, deleted, restored.

import { randomUUID } from 'node:crypto';
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
  await expect(site.row('Liver')).toHaveCount(1);
  await expect(site.row('Liver')).toContainText('In your account');
  await expect(site.row('Liver')).toContainText('Also in this browser');
  const stored = await list(redis, 'collections2', owner(site, NEWCOMER));
  expectReadable(stored);
  expect(stored.map(({ name, members }) => [name, members]).sort()).toEqual([['Brain', ['3:D']], ['Liver', ['1:D', '2:D']]]);
  await expect(page.getByText('2 collections selected'), 'the copies take the place of the selected ones').toBeVisible();

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

test('a deletion whose response is lost is done once, and Undo restores it', async ({ site, page, redis, guard }) => {
  guard.allow(/Failed to load resource/);
  await site.openSignedIn(NEWCOMER);
  for (const name of ['Liver', 'Brain']) await site.create(name, ['1:D'], { where: 'your account' });
  const before = await redis.hGet('collections2', owner(site, NEWCOMER));
  let asked = 0;
  await page.route('**/api/v1/collections/batch', async (route) => {
    asked += 1;
    if (asked > 1) return route.fallback();
    await route.fetch();
    return route.abort();
  });
  await page.getByLabel('Select all shown').check();
  await site.button('Delete 2 collections').click();
  await site.expectToast('2 collections were deleted.');
  expect(asked).toBe(2);
  await site.button('Undo').click();
  await site.expectToast('2 collections were restored.');
  expect(await redis.hGet('collections2', owner(site, NEWCOMER)), 'byte for byte').toBe(before);
});

test('many collections are deleted after a question, with one request, and restored from the list of deleted ones', async ({ site, page, redis }) => {
  const times = { created_timestamp: 'Jan 05 2024 10:00AM', changed_timestamp: 'Jan 05 2024 10:00AM' };
  const collections = Array.from({ length: 400 }, (_, n) => ({ id: randomUUID(), name: `C${n}`, ...times, num_members: 1, members: ['1:D'] }));
  const before = JSON.stringify(collections);
  await redis.hSet('collections2', owner(site, NEWCOMER), before);
  await site.openSignedIn(NEWCOMER);
  const requests = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() !== 'GET' && pathname.startsWith('/api/v1/collections')) requests.push(pathname);
  });
  await page.getByLabel('Select all shown').check();
  await site.button('Delete 400 collections').click();
  const question = page.getByRole('dialog', { name: 'Delete 400 collections?' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toHaveCount(0);
  await site.button('Delete 400 collections').click();
  await question.getByRole('button', { name: 'Delete' }).click();
  await site.expectToast('400 collections were deleted.');
  expect(await list(redis, 'collections2', owner(site, NEWCOMER))).toEqual([]);
  expect(requests).toEqual(['/api/v1/collections/batch']);

  const bin = await site.openBin();
  await expect(bin.getByRole('listitem')).toHaveText(/^C0 and 399 more/);
  await bin.getByRole('button', { name: /^Restore/ }).click();
  await site.expectToast('400 collections were restored.');
  expect(await redis.hGet('collections2', owner(site, NEWCOMER)), 'byte for byte').toBe(before);
});

test('nothing is deleted if one of the collections was changed elsewhere', async ({ site, page, redis, guard }) => {
  guard.allow(/status of 412/);
  await site.openSignedIn(NEWCOMER);
  for (const name of ['Liver', 'Brain']) await site.create(name, ['1:D'], { where: 'your account' });
  const collections = await list(redis, 'collections2', owner(site, NEWCOMER));
  collections[0].members.push('2:D');
  const changed = JSON.stringify(collections);
  await redis.hSet('collections2', owner(site, NEWCOMER), changed);
  await page.getByLabel('Select all shown').check();
  await site.button('Delete 2 collections').click();
  await site.expectToast('2 collections were not deleted, because some of them were changed or deleted elsewhere');
  await expect(site.row('Liver')).toContainText('2 traits');
  expect(await redis.hGet('collections2', owner(site, NEWCOMER))).toBe(changed);
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
