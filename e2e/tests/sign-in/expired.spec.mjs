// An expired sign-in is reported once on each page, and the page shows no unknown state.

import { expect, test } from '../support/fixtures.mjs';

const EMAIL = 'researcher09@uon.example';

// The server refuses an expired token at once.
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

test('an expired sign-in is reported on Activity and on the list', async ({ site, page }) => {
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

test('an expired sign-in is reported on the page of a collection', async ({ site, page }) => {
  await openExpired(site);
  await site.link('started afresh').click();
  await expectSaidOnce(page);
});

test('an expired sign-in is reported for a transfer, which has to wait', async ({ site, page }) => {
  await site.openSignedIn(EMAIL);
  await site.button('Migrate data').click();
  await expect(site.button('Migrate 5 collections')).toBeEnabled();
  await site.demo.authServer.expireTokens({ refresh: true });
  await site.button('Migrate 5 collections').click();
  await expect(page.getByRole('heading', { name: 'Sign in again to continue' })).toBeVisible();
  await expect(page.getByText('Your sign-in has expired')).toHaveCount(1);
});
