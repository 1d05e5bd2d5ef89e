// Edits of collections of the account, while other programs and tabs write to them too.

import { AxeBuilder } from '@axe-core/playwright';
import { list } from './support/content.mjs';
import { expect, test } from './support/fixtures.mjs';
import { expectReadable } from './support/gn-auth.mjs';

const EMAIL = 'researcher09@uon.example';
const NAME = 'started afresh';
const STALE = 'This collection was changed elsewhere in the meantime';

const owner = (site) => site.demo.person(EMAIL).user_id;

/// Returns the stored collection of this name.
async function stored(site, redis, name = NAME) {
  const all = await list(redis, 'collections2', owner(site));
  expectReadable(all);
  return all.find((collection) => collection.name === name);
}

/// Rewrites the whole list of the account without a check, as gn-auth does.
async function writeBehindTheBack(site, redis, change, name = NAME) {
  const all = await list(redis, 'collections2', owner(site));
  const collection = all.find((candidate) => candidate.name === name);
  change(collection);
  collection.num_members = collection.members.length;
  await redis.hSet('collections2', owner(site), JSON.stringify(all));
}

async function openCollection(site, name = NAME) {
  await site.openSignedIn(EMAIL);
  await site.link(name).click();
  await expect(site.heading(name)).toBeVisible();
}

async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

const stale = (page) => page.getByRole('alert').filter({ hasText: STALE });
const written = (page) => page.getByLabel('Traits to add');

test('a collection of the account is created, renamed, filled and emptied', async ({ site, page, redis }) => {
  await site.openSignedIn(EMAIL);
  await site.create('Made here', ['1:D', '2:D'], { where: 'your account' });
  await expect(site.row('Made here')).toContainText('In your account');
  expect(await stored(site, redis, 'Made here')).toMatchObject({ members: ['1:D', '2:D'], num_members: 2 });

  await site.link('Made here').click();
  await site.button('Rename').click();
  await page.getByLabel('Name').fill('Renamed <b>here</b>');
  await site.button('Save').click();
  await site.expectToast('Renamed to Renamed <b>here</b>.');
  await expect(site.heading('Renamed <b>here</b>')).toBeVisible();

  await written(page).fill('2:D 3:D\nnonsense');
  await site.button('Add 1 trait').click();
  await site.expectToast('1 trait added and saved in your account.');
  await expect(written(page)).toHaveValue('');

  // One change after the other goes by the version that the one before has made.
  await site.button('Remove 1:D').click();
  // The rows move up: a click before that could hit the next one.
  await site.expectToast('1:D was removed.');
  await site.button('Remove 2:D').click();
  await site.expectToast('2:D was removed.');
  await site.button('Undo').click();
  await expect(site.button('Remove 2:D')).toBeVisible();
  await expect(stale(page)).toHaveCount(0);
  expect(await stored(site, redis, 'Renamed <b>here</b>')).toMatchObject({ members: ['3:D', '2:D'], num_members: 2 });

  await page.reload();
  await site.openSignedInAgain(EMAIL);
  await expect(site.row('Renamed <b>here</b>')).toContainText('2 traits');
});

test('a deleted collection is restored unchanged by Undo, and later from "Recently deleted"', async ({ site, page, redis }) => {
  await openCollection(site);
  const before = await redis.hGet('collections2', owner(site));
  await site.button('Delete').click();
  await site.expectToast(`${NAME} was deleted.`);
  await expect(site.heading('Collections')).toBeVisible();
  await expect(site.link(NAME)).toHaveCount(0);
  expect(await stored(site, redis)).toBeUndefined();
  await expect(site.button('Undo')).toBeFocused();
  await site.button('Undo').click();
  await site.expectToast(`${NAME} was restored.`);
  await expect(site.row(NAME)).toContainText('2 traits');
  expect(await redis.hGet('collections2', owner(site)), 'byte for byte').toBe(before);

  await site.button(`Delete ${NAME}`).click();
  await site.expectToast(`${NAME} was deleted.`);
  await site.openSignedInAgain(EMAIL);
  await expect(site.link(NAME)).toHaveCount(0);
  const bin = await site.openBin();
  await expect(bin.getByRole('listitem')).toHaveCount(1);
  await expect(bin).toContainText(/2 traits · deleted from your account on/);
  await bin.getByRole('button', { name: `Restore ${NAME}` }).click();
  await site.expectToast(`${NAME} was restored.`);
  await expect(bin).toHaveCount(0);
  await expect(page.getByText('Nothing was deleted in the last 30 days.')).toBeVisible();
  expect(await redis.hGet('collections2', owner(site))).toBe(before);
});

test('a collection deleted in this browser is listed in "Recently deleted"', async ({ site, page }) => {
  await site.open();
  await site.create('Only here', ['1:D']);
  await site.button('Delete Only here').click();
  await site.expectToast('Only here was deleted.');
  await page.reload();
  const bin = await site.openBin();
  await expect(bin).toContainText(/1 trait · deleted from this browser on/);
  await bin.getByRole('button', { name: 'Restore Only here' }).click();
  await expect(site.row('Only here')).toBeVisible();
});

test('after a change in another tab the input stays, and a second click saves it', async ({ site, page, redis, guard }) => {
  guard.allow(/status of 412/);
  await openCollection(site);
  const other = await site.anotherTab();
  await other.openJoined(EMAIL);
  await other.link(NAME).click();
  await expect(other.heading(NAME)).toBeVisible();
  await other.button('Rename').click();
  await other.page.getByLabel('Name').fill('Renamed elsewhere');
  await other.button('Save').click();
  await expect(other.heading('Renamed elsewhere')).toBeVisible();

  await written(page).fill('8:D 9:D');
  await site.button('Add 2 traits').click();
  await expect(stale(page)).toContainText('It is now called Renamed elsewhere. Your traits are not added yet');
  await expect(site.heading('Renamed elsewhere')).toBeVisible();
  await expect(written(page)).toHaveValue('8:D 9:D');
  expect((await stored(site, redis, 'Renamed elsewhere')).members).toHaveLength(2);

  await site.button('Add my 2 traits').click();
  await site.expectToast('2 traits added and saved in your account.');
  await expect(stale(page)).toHaveCount(0);
  await expect(written(page)).toHaveValue('');
  expect((await stored(site, redis, 'Renamed elsewhere')).members.slice(2)).toEqual(['8:D', '9:D']);
});

test('a list that another program rewrites is never overwritten', async ({ site, page, redis, guard }) => {
  guard.allow(/status of 412/);
  await openCollection(site);
  const [first] = (await stored(site, redis)).members;
  await writeBehindTheBack(site, redis, (collection) => collection.members.push('theirs:D', 'too:D'));

  await site.button('Rename').click();
  await page.getByLabel('Name').fill('My name for it');
  await site.button('Save').click();
  await expect(stale(page)).toContainText('2 traits were added. Your new name is not saved yet.');
  await expect(page.getByLabel('Name'), 'what was written stays').toHaveValue('My name for it');
  await site.button('Save').click();
  await site.expectToast('Renamed to My name for it.');
  expect((await stored(site, redis, 'My name for it')).members).toContain('theirs:D');

  const change = (collection) => collection.members.splice(collection.members.indexOf('too:D'), 1);
  await writeBehindTheBack(site, redis, change, 'My name for it');
  await site.button(`Remove ${first}`).click();
  await expect(stale(page)).toContainText('1 trait was removed. Your removal is not saved yet.');
  await site.button(`Remove ${first} anyway`).click();
  await site.expectToast(`${first} was removed.`);

  await writeBehindTheBack(site, redis, (collection) => collection.members.push('last:D'), 'My name for it');
  await site.button('Delete').click();
  await expect(stale(page)).toContainText('1 trait was added. It was not deleted.');
  await expectAccessible(page);
  await site.button('Leave it as it is').click();
  await expect(stale(page)).toHaveCount(0);
  await expect(site.heading('My name for it')).toBeFocused();
  const { members } = await stored(site, redis, 'My name for it');
  expect(members).not.toContain(first);
  expect(members.slice(-2)).toEqual(['theirs:D', 'last:D']);
});

test('a collection that changed after the list was drawn is not deleted', async ({ site, page, redis, guard }) => {
  guard.allow(/status of 412/);
  await site.openSignedIn(EMAIL);
  await expect(site.row(NAME)).toContainText('2 traits');
  await writeBehindTheBack(site, redis, (collection) => collection.members.push('theirs:D'));
  await site.button(`Delete ${NAME}`).click();
  await site.expectToast('was changed elsewhere in the meantime, so it was not deleted');
  await expect(site.row(NAME)).toContainText('3 traits');
  await site.button(`Delete ${NAME}`).click();
  await site.expectToast(`${NAME} was deleted.`);
  expect(await stored(site, redis)).toBeUndefined();
  await expect(page.getByRole('link', { name: NAME })).toHaveCount(0);
});

test('the input stays when the collection is deleted elsewhere', async ({ site, page, guard }) => {
  guard.allow(/status of 404/);
  await openCollection(site);
  const other = await site.anotherTab();
  await other.openJoined(EMAIL);
  await other.button(`Delete ${NAME}`).click();
  await other.expectToast(`${NAME} was deleted.`);

  await written(page).fill('8:D');
  await site.button('Add 1 trait').click();
  await expect(page.getByRole('alert')).toContainText('This collection was deleted elsewhere in the meantime');
  await expect(written(page)).toHaveValue('8:D');
});

test('a click whose response is lost has one effect', async ({ site, page, redis, guard }) => {
  guard.allow(/status of 412|Failed to load resource/);
  await openCollection(site);
  let lost = 0;
  await page.route('**/api/v1/collections/*', async (route) => {
    if (route.request().method() !== 'PATCH' || lost > 0) return route.fallback();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await written(page).fill('8:D');
  await site.button('Add 1 trait').click();
  await site.expectToast('1 trait added and saved in your account.');
  await expect(stale(page)).toHaveCount(0);
  expect(lost).toBe(1);
  expect((await stored(site, redis)).members.filter((member) => member === '8:D')).toHaveLength(1);
});

test('a collection of the account is edited by keyboard alone', async ({ site, page, redis }) => {
  await site.openSignedIn(EMAIL);
  const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  await site.button('New collection').focus();
  await press('Enter');
  const dialog = page.getByRole('dialog', { name: 'New collection' });
  await expect(dialog.getByLabel('Name')).toBeFocused();
  // The choice is there once the browser's own collections are known.
  await expect(dialog.getByLabel('In your account')).toBeVisible();
  await page.keyboard.type('By keyboard');
  await press('Tab');
  await page.keyboard.type('1:D 2:D');
  await press('Tab');
  await expect(dialog.getByLabel('Or choose files, or drop them here')).toBeFocused();
  await press('Tab');
  await expect(dialog.getByLabel('In your account')).toBeFocused();
  await expectAccessible(page);
  await press('Tab', 'Tab');
  await expect(dialog.getByRole('button', { name: 'Create' })).toBeFocused();
  await press('Enter');
  await site.expectToast('By keyboard was created and saved in your account.');
  await expect(site.button('New collection')).toBeFocused();

  await site.link('By keyboard').focus();
  await press('Enter');
  await expect(site.heading('By keyboard')).toBeFocused();
  // Past the link to GeneNetwork.
  await press('Tab', 'Tab', 'Enter');
  await expect(page.getByLabel('Name')).toBeFocused();
  await page.keyboard.type('By hand');
  await press('Enter');
  await expect(site.heading('By hand')).toBeVisible();
  await expect(site.button('Rename')).toBeFocused();
  // Past the export.
  await press('Tab', 'Tab');
  await expect(site.button('Delete')).toBeFocused();
  await press('Enter');
  await expect(site.button('Undo')).toBeFocused();
  await press('Enter');
  await site.expectToast('By hand was restored.');
  expect((await stored(site, redis, 'By hand')).members).toEqual(['1:D', '2:D']);
});
