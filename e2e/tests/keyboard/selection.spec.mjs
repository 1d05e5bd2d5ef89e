// By keyboard alone: copies, combines, exports, removes and restores several collections and traits, and imports a file.

import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/fixtures.mjs';
import { Keyboard } from '../support/keyboard.mjs';
import { signIn } from './support.mjs';

const NEWCOMER = 'newcomer@uon.example';

const dialog = (page) => page.getByRole('dialog');
const bar = (page) => page.getByRole('region', { name: 'Selection' });

/// Creates two collections that share a trait, and selects both.
async function selectTwo(site, keyboard, prepare = async () => {}) {
  await site.open();
  await site.create('Liver', ['1:D', '2:D']);
  await site.create('Brain', ['2:D', '3:D']);
  await prepare();
  await keyboard.use('checkbox', 'Select Liver', { with: 'Space' });
  await keyboard.expectHeld();
  await keyboard.use('checkbox', 'Select Brain', { with: 'Space' });
  await expect(bar(site.page)).toContainText('2 collections selected');
  await keyboard.expectHeld();
}

test('the selection is cleared', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await selectTwo(site, keyboard);
  await keyboard.use('button', 'Select none', { within: bar(page) });
  await expect(bar(page)).toHaveCount(0);
  await keyboard.expectHeld();
});

test('two collections are combined', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await selectTwo(site, keyboard);
  await keyboard.use('button', 'Combine 2 collections', { within: bar(page) });
  await expect(dialog(page).getByRole('img')).toBeVisible();
  await keyboard.to('radio', /.*/, { within: dialog(page) });
  await keyboard.press('ArrowDown');
  await keyboard.fill('Name', 'In both', { within: dialog(page) });
  await keyboard.press('Enter');
  await site.expectToast('In both was created and saved in this browser.');
  await expect(site.row('In both')).toContainText('1 trait');
  await keyboard.expectHeld();
});

test('the dialog to combine collections is cancelled', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await selectTwo(site, keyboard);
  await keyboard.use('button', 'Combine 2 collections', { within: bar(page) });
  await expect(dialog(page).getByRole('img')).toBeVisible();
  await keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(bar(page).getByRole('button', { name: 'Combine 2 collections' })).toBeFocused();
});

test('two collections are exported in one file', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await selectTwo(site, keyboard);
  await keyboard.use('button', /^Export/, { within: bar(page) });
  await expect(dialog(page)).toBeVisible();
  const saving = page.waitForEvent('download');
  await keyboard.use('button', 'Download', { within: dialog(page) });
  const saved = await readFile(await (await saving).path(), 'utf8');
  for (const name of ['Liver', 'Brain']) expect(saved).toContain(name);
  await keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(bar(page).getByRole('button', { name: /^Export/ })).toBeFocused();
});

test('two are copied to the account, deleted, and restored', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await selectTwo(site, keyboard, () => signIn(site, keyboard, NEWCOMER));
  await keyboard.use('button', 'Copy to my account', { within: bar(page) });
  await site.expectToast('2 collections were copied to your account.');
  await keyboard.expectHeld();
  await keyboard.use('button', 'Delete 2 collections', { within: bar(page) });
  await site.expectToast('2 collections were deleted.');
  await expect(site.button('Undo')).toBeFocused();
  await keyboard.press('Enter');
  await site.expectToast('2 collections were restored.');
  await keyboard.expectHeld();
});

test('a file is imported', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await site.open();
  await keyboard.use('button', 'Import a file');
  await expect(dialog(page)).toBeVisible();
  const choosing = page.waitForEvent('filechooser');
  await keyboard.toElement(dialog(page).locator('input[type=file]'), 'the choice of a file');
  await keyboard.press('Enter');
  const content = '# Collection Name: Liver\r\n1:D\r\n# Collection Name: Brain\r\n2:D\r\n';
  await (await choosing).setFiles({ name: 'two.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  await expect(site.button('Import 2 collections')).toBeEnabled();
  await keyboard.expectHeld();
  await keyboard.to('checkbox', /Brain/, { within: dialog(page) });
  await keyboard.press('Space');
  await keyboard.use('button', 'Import 1 collection', { within: dialog(page) });
  await expect(dialog(page)).toHaveCount(0);
  await expect(site.row('Liver')).toBeVisible();
  await keyboard.expectHeld();
});

test('traits are selected in a long table, copied, removed, and restored', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  const grid = page.getByRole('grid', { name: 'Traits' });
  await site.open();
  await site.create('Long', Array.from({ length: 250 }, (_, n) => `${n + 1000}:D`));
  await keyboard.use('link', 'Long');
  await expect(site.heading('Long')).toBeFocused();
  await keyboard.toElement(grid, 'the table');
  for (const key of ['Space', 'ArrowDown', 'Shift+Space']) await keyboard.press(key);
  await expect(bar(page)).toContainText('2 traits selected');
  await expect(grid).toBeFocused();

  await keyboard.use('button', 'Copy to a collection…', { within: bar(page) });
  await expect(dialog(page)).toBeVisible();
  await keyboard.fill('Name', 'Made of them', { within: dialog(page) });
  await keyboard.press('Enter');
  await site.expectToast('2 traits were copied to Made of them.');
  await expect(bar(page).getByRole('button', { name: 'Copy to a collection…' })).toBeFocused();

  await keyboard.use('button', 'Remove from this collection', { within: bar(page) });
  await site.expectToast('2 traits were removed.');
  await expect(grid).toHaveAttribute('aria-rowcount', '249');
  await keyboard.expectHeld();
  await keyboard.use('button', 'Undo');
  await expect(grid).toHaveAttribute('aria-rowcount', '251');
  await keyboard.expectHeld();
});

test('the table is sorted by its heads', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await site.open();
  await site.create('Short', ['3:B', '1:C', '2:A']);
  await keyboard.use('link', 'Short');
  const traits = page.locator('.members__trait bdi');
  await keyboard.use('button', 'Trait');
  await expect(traits).toHaveText(['1', '2', '3']);
  await keyboard.expectHeld();
  await keyboard.use('button', 'Dataset');
  await expect(traits).toHaveText(['2', '3', '1']);
  await keyboard.expectHeld();
});
