// Copies traits to another collection while other tabs change the targets, or the browser stores nothing.

import { expect, test } from './support/fixtures.mjs';

/// Opens the collection `From`, selects two traits, and opens the dialog to copy them.
async function ask(site, others) {
  const { page } = site;
  await site.open();
  for (const name of [...others, 'From']) await site.create(name, name === 'From' ? ['1:D', '2:D'] : ['9:D']);
  await site.link('From').click();
  await page.getByLabel('Select all shown').check();
  await site.button('Copy to a collection…').click();
  return page.getByRole('dialog', { name: 'Copy 2 traits' });
}

const copy = (dialog) => dialog.getByRole('button', { name: 'Copy', exact: true });
const chosen = (dialog) => dialog.getByLabel('Copy to').locator('option:checked');

test('the chosen collection stays chosen when another tab deletes one before it', async ({ site }) => {
  const dialog = await ask(site, ['Liver', 'Brain', 'Eye']);
  await expect(dialog.getByRole('option')).toHaveCount(4);
  // Those made within a second are in no certain order.
  const [, before, next, last] = (await dialog.getByRole('option').allTextContents()).map((text) => text.split(' · ')[0]);
  await dialog.getByLabel('Copy to').selectOption(`${next} · In this browser`);
  const other = await site.anotherTab();
  await other.open();
  await other.button(`Delete ${before}`).click();
  await expect(dialog.getByRole('option')).toHaveText(['A new collection', ...[next, last].map((name) => `${name} · In this browser`)]);
  await expect(chosen(dialog)).toHaveText(`${next} · In this browser`);
  await copy(dialog).click();
  await site.expectToast(`2 traits were copied to ${next}.`);
  await expect(other.row(next)).toContainText('3 traits');
  await expect(other.row(last)).toContainText('1 trait');
});

test('when another tab deletes the chosen collection, no other one is chosen and nothing is copied', async ({ site }) => {
  const dialog = await ask(site, ['Chosen', 'Behind']);
  await dialog.getByLabel('Copy to').selectOption('Chosen · In this browser');
  const other = await site.anotherTab();
  await other.open();
  await other.button('Delete Chosen').click();
  await expect(dialog.getByRole('alert')).toHaveText('Chosen was deleted. Please choose another collection.');
  await expect(dialog.getByLabel('Copy to')).toHaveValue('');
  await expect(copy(dialog)).toBeDisabled();
  await dialog.getByLabel('Copy to').press('Enter');
  await expect(dialog).toBeVisible();
  await expect(other.row('Behind')).toContainText('1 trait');

  // After it is restored in the other tab, it is selected here again.
  await other.button('Undo').click();
  await expect(chosen(dialog)).toHaveText('Chosen · In this browser');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await dialog.getByLabel('Copy to').selectOption('Behind · In this browser');
  await copy(dialog).click();
  await site.expectToast('2 traits were copied to Behind.');
});

test('a copy that the browser does not store is not reported as saved', async ({ site, page }) => {
  const dialog = await ask(site, ['Other']);
  await dialog.getByLabel('Copy to').selectOption('Other · In this browser');
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
  });
  await copy(dialog).click();
  await site.expectToast('Not saved yet: this change is in this page only.');
});
