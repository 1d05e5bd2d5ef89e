// The sign-in expires during an action on several collections: the page reports the completed ones, the others and the reason.

import { list } from '../support/content.mjs';
import { expect, test } from '../support/fixtures.mjs';

const EMAIL = 'newcomer@uon.example';

// The server refuses an expired token at once.
test.use({ variables: { GNC_TOKEN_CACHE_SECONDS: '0' } });

test.beforeEach(({ guard }) => guard.allow(/status of (400|401)/));

async function make(site, names, where) {
  for (const name of names) await site.create(name, ['1:D', '2:D'], { where });
}

async function inAccount(site, redis) {
  const stored = await list(redis, 'collections2', site.demo.person(EMAIL).user_id);
  return stored.map(({ name }) => name);
}

/// Expires the sign-in before the second request of this method to this address.
async function endBeforeSecond(site, method, address) {
  let asked = 0;
  await site.page.route(address, async (route) => {
    if (route.request().method() === method) {
      asked += 1;
      if (asked === 2) await site.demo.authServer.expireTokens({ refresh: true });
    }
    return route.fallback();
  });
}

async function signInAgain(site, place = site.page.getByRole('main')) {
  const opened = site.page.waitForEvent('popup');
  await place.getByRole('button', { name: 'Sign in again' }).click();
  await (await opened).waitForEvent('close');
  await site.expectSignedIn(site.demo.person(EMAIL).name);
}

test('an interrupted deletion reports the deleted ones and the reason, and keeps the others selected', async ({ site, page, redis }) => {
  await site.openSignedIn(EMAIL);
  await make(site, ['One', 'Two', 'Three'], 'your account');
  await page.getByLabel('Select all shown').check();
  await endBeforeSecond(site, 'DELETE', '**/api/v1/collections/*');
  await site.button('Delete 3 collections').click();
  await site.expectToast('1 collection was deleted.');
  await site.expectToast('2 collections were not deleted, and are still selected.');
  await site.expectToast('Your sign-in has expired.');
  expect(await inAccount(site, redis)).toHaveLength(2);

  await signInAgain(site);
  await expect(page.getByText('2 collections selected')).toBeVisible();
  await site.button('Delete 2 collections').click();
  await site.expectToast('2 collections were deleted.');
  expect(await inAccount(site, redis)).toEqual([]);
});

test('an interrupted Undo reports the restored ones and where the others are', async ({ site, page, redis }) => {
  await site.openSignedIn(EMAIL);
  await make(site, ['One', 'Two', 'Three'], 'your account');
  await page.getByLabel('Select all shown').check();
  await site.button('Delete 3 collections').click();
  await site.expectToast('3 collections were deleted.');
  await endBeforeSecond(site, 'POST', '**/api/v1/receipts/*/undo');
  await site.button('Undo').click();
  await site.expectToast('1 collection was restored. 2 collections were not: they are still under “Recently deleted”.');
  await site.expectToast('Your sign-in has expired.');
  expect(await inAccount(site, redis)).toHaveLength(1);
});

test('an interrupted import reports the imported ones, and keeps the others selected', async ({ site, page, redis }) => {
  await site.openSignedIn(EMAIL);
  await site.button('Import a file').click();
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  await dialog.getByLabel('File').setInputFiles({
    name: 'three.gmt',
    mimeType: 'text/plain',
    buffer: Buffer.from('One\t\t1:D\nTwo\t\t2:D\nThree\t\t3:D\n'),
  });
  await dialog.getByLabel('In your account').check();
  await endBeforeSecond(site, 'POST', '**/api/v1/collections');
  await dialog.getByRole('button', { name: 'Import 3 collections' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Your sign-in has expired.');
  await expect(dialog.getByRole('alert')).toContainText('1 collection imported and saved in your account. The others are still ticked.');
  await expect(dialog.getByRole('button', { name: 'Import 2 collections' })).toBeVisible();
  expect(await inAccount(site, redis)).toEqual(['One']);

  await signInAgain(site, dialog);
  await dialog.getByRole('button', { name: 'Import 2 collections' }).click();
  await site.expectToast('2 collections imported and saved in your account.');
  expect(await inAccount(site, redis)).toEqual(['One', 'Two', 'Three']);
});

test('a failed export names the collection and the reason', async ({ site, page }) => {
  await site.openSignedIn(EMAIL);
  await make(site, ['One', 'Two'], 'your account');
  await page.getByLabel('Select all shown').check();
  await endBeforeSecond(site, 'GET', '**/api/v1/collections/*');
  await site.button('Export 2 collections').click();
  const dialog = page.getByRole('dialog', { name: 'Export collections' });
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await expect(dialog.getByRole('status')).toContainText(/“(One|Two)” could not be read\. Your sign-in has expired\. Nothing was lost/);
  await signInAgain(site, dialog);
  await expect(dialog.getByRole('button', { name: 'Sign in again' })).toHaveCount(0);
});
