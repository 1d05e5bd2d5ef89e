// The review of a transfer: the transfer does what the review shows, and can be undone.

import { AxeBuilder } from '@axe-core/playwright';
import { fileURLToPath } from 'node:url';
import { legacyIds, list, sampleList, snapshot } from './support/content.mjs';
import { expect, test } from './support/fixtures.mjs';
import { expectReadable } from './support/gn-auth.mjs';

const SCREENSHOTS = fileURLToPath(new URL('../../target/screenshots', import.meta.url));
const EMAIL = 'researcher09@uon.example';
const MANY = 'researcher00@jax.example';
const STAMP = 'Nov 12 2019 03:27PM';

/// Returns a collection as gn-auth stores it.
function stored(id, name, members) {
  return { id, name, created: STAMP, changed: STAMP, num_members: members.length, members };
}

async function review(site, email) {
  await site.openSignedIn(email);
  await site.button('Migrate data').click();
  await expect(site.heading('Your earlier collections')).toBeVisible();
  await expect(site.button(/^Migrate \d+ collections$/)).toBeEnabled();
}

function item(site, name) {
  return site.page.getByRole('listitem').filter({ hasText: name }).filter({ has: site.page.getByRole('combobox') });
}

async function expectNoAxeFindings(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

/// Takes screenshots on a phone and a desktop, in light and dark.
async function look(page, name) {
  for (const [device, size] of Object.entries({ phone: { width: 360, height: 780 }, desktop: { width: 1280, height: 800 } })) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${SCREENSHOTS}/${name}-${device}-${colorScheme}.png`, fullPage: true });
      await expectNoAxeFindings(page);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size.width);
  }
}

test('a merge adds the traits of the preview, and "keep both" takes the name of the preview', async ({ site, redis, page, demo }) => {
  const owner = demo.person(EMAIL).user_id;
  await review(site, EMAIL);
  const choice = page.getByLabel('What to do with Größe');
  await expect(item(site, 'Größe').first()).toContainText('It moves as Größe (2); yours stays unchanged.');
  await choice.selectOption('Merge into yours');

  const before = await list(redis, 'collections2', owner);
  const mine = before.find(({ name }) => name === 'Größe').members;
  const theirs = sampleList('collections', legacyIds(EMAIL)[0]).find(({ name }) => name === 'Größe').members;
  const added = theirs.filter((member) => !mine.includes(member));
  expect(added.length, 'the sample has something to add').toBeGreaterThan(0);
  const traits = added.length === 1 ? '1 trait is' : `${added.length} traits are`;
  await expect(item(site, 'Größe').first()).toContainText(`${traits} added to Größe; nothing is removed from it:`);
  for (const member of added.slice(0, 5)) await expect(item(site, 'Größe').first()).toContainText(member);
  await look(page, 'review-merge');

  await site.button('Migrate 5 collections').click();
  await expect(site.heading('5 collections moved into your account')).toBeVisible();
  const after = await list(redis, 'collections2', owner);
  expectReadable(after);
  expect(after.find(({ name }) => name === 'Größe').members).toEqual([...mine, ...added]);
  expect(after.some(({ name }) => name === 'Größe (2)')).toBe(false);
});

test('one choice applies to all similar collections of several accounts, by keyboard only, in one transfer', async ({ site, redis, page, demo }) => {
  const owner = demo.person(MANY).user_id;
  await redis.hSet('collections2', owner, JSON.stringify([stored('0c7b5f0e-2f4e-4b53-9a52-3c1a3b6f2a11', 'My traits', ['1:BXDPublish'])]));
  await review(site, MANY);
  await expect(page.getByRole('heading', { level: 2, name: /^(Account of|Earlier account)/ })).toHaveCount(3);

  const choices = page.getByLabel('What to do with My traits');
  await expect(choices, 'two accounts hold one of this name').toHaveCount(2);
  await choices.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(choices.first().locator('option:checked')).toHaveText('Merge into yours');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /^Apply to all like this \(1 more\): Merge into yours$/ })).toBeFocused();
  await page.keyboard.press('Enter');
  for (const choice of await choices.all()) await expect(choice.locator('option:checked')).toHaveText('Merge into yours');
  await expect(choices.first(), 'the button is gone, the focus is not').toBeFocused();
  await expect(page.getByText('Traits that several of the merged ones share are added once.')).toBeVisible();
  await look(page, 'review-accounts');

  await site.button('Migrate 13 collections').press('Enter');
  await expect(site.heading('13 collections moved into your account')).toBeFocused();
  await expect(site.count('2 were merged into yours')).toBeVisible();
  const target = await list(redis, 'collections2', owner);
  const all = legacyIds(MANY).flatMap((id) => sampleList('collections', id)).filter(({ name }) => name === 'My traits');
  const union = new Set(['1:BXDPublish', ...all.flatMap(({ members }) => members)]);
  expect(target.find(({ name }) => name === 'My traits').members.toSorted()).toEqual([...union].sort());
  for (const id of legacyIds(MANY)) expect(await redis.hExists('collections', id)).toBe(0);
});

test('collections copied before are moved only on request', async ({ site, redis, page, demo }) => {
  const email = 'researcher01@epfl.example';
  const owner = demo.person(email).user_id;
  const before = await list(redis, 'collections2', owner);
  await site.openSignedIn(email);
  await site.button('Migrate data').click();
  await page.locator('.group', { hasText: 'To be moved (1)' }).getByRole('combobox').selectOption('Do not move');
  await expect(site.page.getByText('With these choices nothing is moved.')).toBeVisible();
  await expect(site.button(/^Migrate/), 'nor a button that does nothing').toHaveCount(0);
  const copied = page.locator('.group', { has: page.getByRole('heading', { name: 'Copied before (1)' }) });
  await copied.getByRole('combobox').selectOption('Keep both');
  await site.button('Migrate 1 collection').click();
  await expect(site.heading('1 collection moved into your account')).toBeVisible();
  expect(await list(redis, 'collections2', owner)).toHaveLength(before.length + 1);
});

test('a list that is out of date shows the differences and keeps the choices', async ({ site, redis, page, guard, demo }) => {
  guard.allow(/status of 412/);
  const owner = demo.person(EMAIL).user_id;
  const [source] = legacyIds(EMAIL);
  await review(site, EMAIL);
  await page.getByLabel('What to do with Größe').selectOption('Merge into yours');
  await page.getByLabel('What to do with Hippocampus shh').selectOption('Do not move');

  // The account's Größe is deleted, so nothing can be merged into it; a new collection is added to the earlier account.
  const mine = await list(redis, 'collections2', owner);
  await redis.hSet('collections2', owner, JSON.stringify(mine.filter(({ name }) => name !== 'Größe')));
  const theirs = await list(redis, 'collections', source);
  await redis.hSet('collections', source, JSON.stringify([stored('0c7b5f0e-2f4e-4b53-9a52-3c1a3b6f2a11', 'Made meanwhile', ['1:BXDPublish']), ...theirs]));
  const unmoved = await snapshot(redis);

  await site.button('Migrate 4 collections').click();
  const news = page.getByRole('alert');
  await expect(news).toContainText('Your collections changed in the meantime');
  await expect(news).toContainText('Your choice is no longer possible, please choose again: Größe');
  await expect(news).toContainText('New in this list: Made meanwhile');
  await expect(page.locator('.review-notices')).toBeFocused();
  await expect(page.getByLabel('What to do with Hippocampus shh').locator('option:checked')).toHaveText('Do not move');
  await expect(page.getByLabel('What to do with Größe').locator('option:checked')).toHaveText('Move to my account');
  expect(await snapshot(redis)).toEqual(unmoved);
  await look(page, 'review-stale');

  await site.button('Migrate 5 collections').click();
  await expect(site.heading('5 collections moved into your account')).toBeVisible();
  expect((await list(redis, 'collections', source)).map(({ name }) => name)).toContain('Hippocampus shh');
});

test('undo from the result restores every byte', async ({ site, redis, page }) => {
  const before = await snapshot(redis);
  await review(site, EMAIL);
  await site.button('Migrate 5 collections').click();
  await expect(site.heading('5 collections moved into your account')).toBeVisible();
  expect(await snapshot(redis)).not.toEqual(before);
  await look(page, 'result-undoable');
  await site.button('Undo migration').press('Enter');
  await expect(site.heading('Transfer of 5 collections undone')).toBeFocused();
  await expect(page.getByText('Everything is where it was before.')).toBeVisible();
  expect(await snapshot(redis)).toEqual(before);
  await look(page, 'result-undone');
  await site.toCollections();
  await expect(site.button('Migrate data'), 'it is on offer again').toBeVisible();
});

test('undo from Activity keeps and names the collections that changed since', async ({ site, redis, page, demo }) => {
  const owner = demo.person(EMAIL).user_id;
  const [source] = legacyIds(EMAIL);
  await review(site, EMAIL);
  await site.button('Migrate 5 collections').click();
  await expect(site.heading('5 collections moved into your account')).toBeVisible();
  const moved = await list(redis, 'collections2', owner);
  const touched = moved.find(({ name }) => name === 'Hippocampus shh');
  touched.members.push('1:BXDPublish');
  touched.num_members += 1;
  await redis.hSet('collections2', owner, JSON.stringify(moved));

  await site.toActivity();
  await site.button('Undo migration').click();
  const said = page.getByRole('status').filter({ hasText: 'Transfer of 4 collections undone' });
  await expect(said).toContainText('1 collection was changed since');
  await expect(said).toContainText('Hippocampus shh');
  await expect(page.getByText('Undone', { exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Undo', exact: true }), 'the undo is on record').toBeVisible();
  await expect(site.button('Undo migration')).toHaveCount(0);
  await look(page, 'activity-undone');
  const kept = await list(redis, 'collections2', owner);
  expect(kept.find(({ name }) => name === 'Hippocampus shh').members).toContain('1:BXDPublish');
  expect(await list(redis, 'collections', source)).toHaveLength(sampleList('collections', source).length - 1);
});

test('undo of an import restores the account, and this browser offers its collections again', async ({ site, redis, page, demo }) => {
  const email = 'newcomer@uon.example';
  const owner = demo.person(email).user_id;
  await site.open();
  await site.create('Liver, BXD', ['10710:BXDPublish']);
  await site.signIn(email);
  await site.button('Import existing collections').click();
  await site.button('Import 1 collection').click();
  await expect(site.heading('1 collection imported into your account')).toBeVisible();
  expect(await list(redis, 'collections2', owner)).toHaveLength(1);
  await site.button('Undo import').click();
  await expect(site.heading('Transfer of 1 collection undone')).toBeVisible();
  expect(await list(redis, 'collections2', owner)).toEqual([]);
  await site.toCollections();
  await expect(site.row('Liver, BXD')).toBeVisible();
  await expect(site.button('Import existing collections')).toBeVisible();
  await page.reload();
  await expect(site.row('Liver, BXD'), 'still in this browser').toBeVisible();
});
