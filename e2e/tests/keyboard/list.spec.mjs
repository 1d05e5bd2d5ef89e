// By keyboard alone: searches and sorts a long list, and filters a large collection and shows it in pages.

import { expect, test } from '../support/fixtures.mjs';
import { Keyboard } from '../support/keyboard.mjs';

test('the list is searched and sorted', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await site.open();
  for (const [place, name] of ['Eye', 'Liver', 'Brain', 'Heart', 'Kidney', 'Lung'].entries()) {
    await site.create(name, Array.from({ length: place + 1 }, (_, n) => `${n}:D`));
  }
  const names = page.getByRole('list', { name: 'Collections' }).getByRole('link');
  await keyboard.to('combobox', 'Sort by');
  await keyboard.press('ArrowDown');
  await expect(names).toHaveText(['Brain', 'Eye', 'Heart', 'Kidney', 'Liver', 'Lung']);
  await expect(page.getByLabel('Sort by')).toBeFocused();
  await keyboard.to('searchbox', 'Search by name', { key: 'Shift+Tab' });
  await keyboard.write('l');
  await expect(names).toHaveText(['Liver', 'Lung']);
  await keyboard.write('ung');
  await expect(names).toHaveText(['Lung']);
  await keyboard.use('link', 'Lung');
  await expect(site.heading('Lung')).toBeFocused();
});

test('a large collection is filtered and shown in pages', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await site.open();
  await site.create('Large', Array.from({ length: 250 }, (_, n) => `${n + 1000}:D`));
  await keyboard.use('link', 'Large');
  await expect(site.heading('Large')).toBeFocused();
  await keyboard.to('searchbox', 'Find a trait');
  await keyboard.write('1123');
  await expect(page.getByRole('row')).toHaveCount(2);
  await keyboard.press('ControlOrMeta+A');
  await keyboard.press('Delete');
  await keyboard.use('button', 'Show in pages');
  await expect(page.getByText('1–100 of 250')).toBeVisible();
  await keyboard.toElement(site.button('Next'), 'the next page', 'Shift+Tab');
  await keyboard.press('Enter');
  await keyboard.press('Enter');
  await expect(page.getByText('201–250 of 250')).toBeVisible();
  await keyboard.expectHeld();
});
