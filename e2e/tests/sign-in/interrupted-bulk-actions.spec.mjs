// The sign-in expires during an action on several collections: the page reports what was done, what was not, and why.

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

/// Expires the sign-in before the request with this number, of this method to this address.
async function endBefore(number, site, method, address) {
  let asked = 0;
  await site.page.route(address, async (route) => {
    if (route.request().method() === method) {
      asked += 1;
      if (asked === number) await site.demo.authServer.expireTokens({ refresh: true });
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

test('a deletion after the sign-in has expired deletes nothing, says so, and keeps the selection', async ({ site, page, redis }) => {
  await site.openSignedIn(EMAIL);
  await make(site, ['One', 'Two', 'Three'], 'your account');
  await page.getByLabel('Select all shown').check();
  await endBefore(1, site, 'POST', '**/api/v1/collections/batch');
  await site.button('Delete 3 collections').click();
  await site.expectToast('3 collections were not deleted, and are still selected.');
  await site.expectToast('Your sign-in has expired.');
  expect(await inAccount(site, redis)).toHaveLength(3);

  await signInAgain(site);
  await expect(page.getByText('3 collections selected')).toBeVisible();
  await site.button('Delete 3 collections').click();
  await site.expectToast('3 collections were deleted.');
  expect(await inAccount(site, redis)).toEqual([]);
});

test('an Undo after the sign-in has expired says where the collections are', async ({ site, page, redis }) => {
  await site.openSignedIn(EMAIL);
  await make(site, ['One', 'Two', 'Three'], 'your account');
  await page.getByLabel('Select all shown').check();
  await site.button('Delete 3 collections').click();
  await site.expectToast('3 collections were deleted.');
  await endBefore(1, site, 'POST', '**/api/v1/receipts/*/undo');
  await site.button('Undo').click();
  await site.expectToast('3 collections were not restored: they are still under “Recently deleted”.');
  await site.expectToast('Your sign-in has expired.');
  expect(await inAccount(site, redis)).toEqual([]);
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
  await endBefore(2, site, 'POST', '**/api/v1/collections');
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
  await endBefore(2, site, 'GET', '**/api/v1/collections/*');
  await site.button('Export 2 collections').click();
  const dialog = page.getByRole('dialog', { name: 'Export collections' });
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await expect(dialog.getByRole('status')).toContainText(/“(One|Two)” could not be read\. Your sign-in has expired\. Nothing was lost/);
  await signInAgain(site, dialog);
  await expect(dialog.getByRole('button', { name: 'Sign in again' })).toHaveCount(0);
});
