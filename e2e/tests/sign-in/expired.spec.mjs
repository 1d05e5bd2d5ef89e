// A sign-in that has expired is said once, wherever that shows, and what is not known is not claimed.

import { expect, test } from '../support/fixtures.mjs';

const EMAIL = 'researcher09@uon.example';

// What the sign-in server does not accept any more is refused at once.
test.use({ variables: { GNC_TOKEN_CACHE_SECONDS: '0' } });

test.beforeEach(({ guard }) => guard.allow(/status of (400|401)/));

async function openExpired(site) {
  await site.openSignedIn(EMAIL);
  await expect(site.link('started afresh')).toBeVisible();
  await site.demo.authServer.expireTokens({ refresh: true });
}

async function expectSaidOnce(page) {
  await expect(page.getByText('Sign in again to see what is here.').first()).toBeVisible();
  await expect(page.getByText('Your sign-in has expired')).toHaveCount(1);
}

test('on the page of past transfers, and back on the list', async ({ site, page }) => {
  await openExpired(site);
  await site.toActivity();
  await expectSaidOnce(page);
  await site.toCollections();
  await expectSaidOnce(page);
  await page.getByText('Recently deleted', { exact: true }).click();
  await expect(page.getByText('Deleted collections stay here for 30 days.')).toBeVisible();
  await expect(page.getByText('Nothing was deleted in the last 30 days.')).toHaveCount(0);
  await expectSaidOnce(page);
});

test('on the page of a collection', async ({ site, page }) => {
  await openExpired(site);
  await site.link('started afresh').click();
  await expectSaidOnce(page);
});

test('by the page when a transfer is asked for, which says that it has to wait', async ({ site, page }) => {
  await site.openSignedIn(EMAIL);
  await site.button('Migrate data').click();
  await expect(site.button('Migrate 5 collections')).toBeEnabled();
  await site.demo.authServer.expireTokens({ refresh: true });
  await site.button('Migrate 5 collections').click();
  await expect(page.getByRole('heading', { name: 'This has to wait until you have signed in again' })).toBeVisible();
  await expect(page.getByText('Your sign-in has expired')).toHaveCount(1);
});
