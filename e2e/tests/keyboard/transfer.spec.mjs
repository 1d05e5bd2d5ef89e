// By keyboard alone: migrates collections and undoes it, and imports, keeps or deletes those of this browser.

import { expect, test } from '../support/fixtures.mjs';
import { Keyboard } from '../support/keyboard.mjs';
import { signIn } from './support.mjs';

const EMAIL = 'researcher09@uon.example';
const NEWCOMER = 'newcomer@uon.example';

async function makeTwo(site) {
  await site.open();
  await site.create('Liver', ['10710:BXDPublish']);
  await site.create('Brain', ['10001:BXDPublish', '10002:BXDPublish']);
}

test('a migration is made and undone, and its receipt is downloaded', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await site.open();
  await signIn(site, keyboard, EMAIL);
  await keyboard.use('button', 'Migrate data');
  await expect(site.heading('Your earlier collections')).toBeFocused();
  await expect(site.button('Migrate 5 collections')).toBeEnabled();

  await keyboard.to('combobox', 'What to do with Größe');
  await keyboard.press('ArrowDown');
  const choice = page.getByLabel('What to do with Größe');
  await expect(choice.locator('option:checked')).toHaveText('Merge into yours');
  await expect(choice).toBeFocused();
  await keyboard.to('button', 'Migrate 5 collections', { key: 'Shift+Tab' });
  await keyboard.press('Enter');
  await expect(site.heading('5 collections moved into your account')).toBeFocused();

  const saving = page.waitForEvent('download');
  await keyboard.use('button', 'Download receipt');
  await saving;
  await expect(site.button('Download receipt')).toBeFocused();
  const details = page.getByText('Show all collections');
  await keyboard.toElement(details, 'the details');
  await keyboard.press('Enter');
  await expect(details).toBeFocused();

  await keyboard.to('button', 'Undo migration', { key: 'Shift+Tab' });
  await keyboard.press('Enter');
  await expect(site.heading('Transfer of 5 collections undone')).toBeFocused();
  await keyboard.use('link', 'Go to your collections');
  await expect(site.button('Migrate data'), 'on offer again').toBeVisible();
  await expect(site.heading('Collections')).toBeFocused();
});

test('a migration is undone from Activity', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await site.openSignedIn(EMAIL);
  await keyboard.use('button', 'Migrate data');
  await keyboard.use('button', 'Migrate 5 collections');
  await expect(site.heading('5 collections moved into your account')).toBeFocused();
  await keyboard.use('link', 'Activity');
  await expect(site.heading('Activity')).toBeFocused();
  await keyboard.use('button', 'Undo migration');
  await expect(page.getByText('Transfer of 5 collections undone')).toBeVisible();
  await keyboard.expectHeld();
});

test('collections of this browser are imported', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await makeTwo(site);
  await signIn(site, keyboard, NEWCOMER);
  await keyboard.use('button', 'Import existing collections');
  await expect(site.heading('Collections made in this browser')).toBeFocused();
  await keyboard.use('button', 'Import 2 collections');
  await expect(site.heading('2 collections imported into your account')).toBeFocused();
});

test('an offered import is declined', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await makeTwo(site);
  await signIn(site, keyboard, NEWCOMER);
  await keyboard.use('button', 'Keep here');
  await site.expectToast('They stay in this browser.');
  await expect(site.offers()).toHaveCount(0);
  await keyboard.expectHeld();
  await keyboard.use('link', 'Import from this browser');
  await expect(site.heading('Collections made in this browser')).toBeFocused();
});

test('offered collections are deleted and restored', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await makeTwo(site);
  await signIn(site, keyboard, NEWCOMER);
  await keyboard.to('button', 'Delete', { within: site.offer('You made 2 collections before signing in') });
  await keyboard.press('Enter');
  await site.expectToast('2 collections deleted from this browser.');
  await expect(site.button('Undo')).toBeFocused();
  await keyboard.press('Enter');
  await expect(site.row('Liver')).toBeVisible();
  await keyboard.expectHeld();
});
