// By keyboard alone: creates, renames, fills, empties, restores, exports and deletes a collection.

import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/fixtures.mjs';
import { Keyboard } from '../support/keyboard.mjs';

const NAME = 'Liver';
const ONE = '10710:BXDPublish';
const TWO = '10001:BXDPublish';

const dialog = (page) => page.getByRole('dialog');

async function create(site, keyboard, name, traits) {
  await keyboard.use('button', 'New collection');
  await expect(dialog(site.page)).toBeVisible();
  const field = await keyboard.expectHeld();
  expect(field.inDialog).toBe(true);
  await expect(dialog(site.page).getByLabel('Name'), 'what is asked first has the focus').toBeFocused();
  await keyboard.write(name);
  await keyboard.to('textbox', 'Traits (optional)');
  await keyboard.write(traits.join('\n'));
  await keyboard.use('button', 'Create');
  await site.expectToast('was created and saved in this browser.');
  await expect(site.button('New collection'), 'back where it was opened').toBeFocused();
}

async function open(site, keyboard, traits = [ONE]) {
  await site.open();
  await create(site, keyboard, NAME, traits);
  await keyboard.use('link', NAME);
  await expect(site.heading(NAME)).toBeFocused();
}

test('a collection is created, with a message when the name is missing', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await site.open();
  await keyboard.use('button', 'New collection');
  await keyboard.use('button', 'Create');
  await expect(page.getByText('Please give the collection a name.')).toBeVisible();
  await expect(page.getByLabel('Name'), 'where something is missing').toBeFocused();
  await keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect(site.button('New collection')).toBeFocused();
  await create(site, keyboard, NAME, [ONE, TWO]);
  await expect(site.row(NAME)).toContainText('2 traits');
});

test('a collection is renamed, and renaming is cancelled', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await open(site, keyboard);
  await keyboard.use('button', 'Rename');
  await expect(page.getByLabel('Name')).toBeFocused();
  await keyboard.write('Another');
  await keyboard.press('Escape');
  await expect(site.button('Rename')).toBeFocused();
  await expect(site.heading(NAME)).toBeVisible();
  await keyboard.press('Enter');
  await expect(page.getByLabel('Name')).toBeFocused();
  await keyboard.write('Leber');
  await keyboard.press('Enter');
  await site.expectToast('Renamed to Leber.');
  await expect(site.button('Rename')).toBeFocused();
});

test('traits are typed, pasted, read from a file, and removed', async ({ site, page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const keyboard = new Keyboard(page);
  await open(site, keyboard);
  const table = page.getByRole('table');
  const field = page.getByLabel('Traits to add');

  await keyboard.to('textbox', 'Traits to add');
  await keyboard.write('1:D, 2:D nonsense');
  await expect(page.getByText('2 traits will be added · 1 left out')).toBeVisible();
  await keyboard.use('button', 'Add 2 traits');
  await site.expectToast('2 traits added');
  await expect(field).toHaveValue('');
  await keyboard.expectHeld();

  await keyboard.fill('Traits to add', '3:D 4:D', { key: 'Shift+Tab' });
  await keyboard.press('ControlOrMeta+A');
  await keyboard.press('ControlOrMeta+X');
  await expect(field).toHaveValue('');
  await keyboard.press('ControlOrMeta+V');
  await keyboard.use('button', 'Add 2 traits');
  await expect(table.getByText('4', { exact: true })).toBeVisible();
  await expect(field).toHaveValue('');
  await keyboard.expectHeld();

  const choosing = page.waitForEvent('filechooser');
  await keyboard.toElement(page.getByLabel('Or choose files, or drop them here'), 'the choice of files', 'Shift+Tab');
  await keyboard.press('Enter');
  await (await choosing).setFiles({ name: 'more.csv', mimeType: 'text/csv', buffer: Buffer.from('5:D\r\n6:D\r\n') });
  await expect(page.getByText('more.csv')).toBeVisible();
  await keyboard.use('button', 'Add 2 traits');
  await expect(table.getByText('6', { exact: true })).toBeVisible();
  await keyboard.expectHeld();

  await keyboard.use('button', 'Remove 3:D');
  await site.expectToast('3:D was removed.');
  await expect(site.button('Remove 3:D')).toHaveCount(0);
  await expect(site.button('Remove 4:D'), 'the next one').toBeFocused();
  await keyboard.use('button', 'Undo');
  await expect(site.button('Remove 3:D')).toBeVisible();
  await keyboard.expectHeld();
});

test('a collection goes back to an earlier state', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await open(site, keyboard, [ONE, TWO]);
  await keyboard.use('button', `Remove ${ONE}`);
  await site.expectToast('was removed.');
  const summary = page.getByText('History', { exact: true });
  await keyboard.toElement(summary, 'History');
  await keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'History' })).toContainText('1 trait removed');
  await expect(summary).toBeFocused();
  await keyboard.use('button', /^Restore the version/);
  await site.expectToast('Restored.');
  await expect(site.button(`Remove ${ONE}`)).toBeVisible();
  await keyboard.expectHeld();
  await keyboard.toElement(summary, 'History', 'Shift+Tab');
  await keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'History' })).toHaveCount(0);
  await expect(summary).toBeFocused();
});

test('a collection is exported in another format', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await open(site, keyboard, [ONE, TWO]);
  await keyboard.use('button', 'Export');
  await expect(dialog(page)).toBeVisible();
  await keyboard.to('radio', /.*/);
  await keyboard.press('ArrowDown');
  const saving = page.waitForEvent('download');
  await keyboard.use('button', 'Download');
  const file = await saving;
  expect(file.suggestedFilename()).toMatch(/^Liver.*\.tsv$/);
  expect(await readFile(await file.path(), 'utf8')).toContain('10710');
  await keyboard.expectHeld();
  await keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expect(site.button('Export')).toBeFocused();
});

test('a collection is deleted, restored at once, and later from "Recently deleted"', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await open(site, keyboard);
  await keyboard.use('button', 'Delete');
  await site.expectToast('Liver was deleted.');
  await expect(site.button('Undo')).toBeFocused();
  await keyboard.press('Enter');
  await expect(site.row(NAME)).toBeVisible();
  await keyboard.expectHeld();

  await keyboard.use('button', `Delete ${NAME}`);
  await expect(site.row(NAME)).toHaveCount(0);
  await keyboard.expectHeld();
  await keyboard.use('button', 'Dismiss');
  await expect(page.locator('.toast')).toHaveCount(0);
  await keyboard.expectHeld();
  await keyboard.toElement(page.getByText('Recently deleted', { exact: true }), 'Recently deleted');
  await keyboard.press('Enter');
  await keyboard.use('button', `Restore ${NAME}`);
  await expect(site.row(NAME)).toBeVisible();
  await keyboard.expectHeld();
});
