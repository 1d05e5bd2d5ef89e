// During an outage of the user endpoint the page says so within seconds, offers a way out, and continues by itself.

import { expect, test } from './support/fixtures.mjs';
import { refusal } from './support/refusal.mjs';

const EMAIL = 'researcher06@uon.example';
const NO_SIGN_IN = 'The sign-in server cannot be reached right now';

// The server asks whose token it is for each request, although it has learned that when it gave the token out.
test.use({ variables: { GNC_TOKEN_CACHE_SECONDS: '0' } });

test('without the user endpoint the page says so, and signs in afterwards', async ({ site, page, demo, guard }) => {
  guard.allow(/status of 503/);
  await site.open();
  // The sign-in server falls silent after it has given the token, before our server asks whose it is.
  const afterToken = async (route) => {
    demo.pause('identity_provider');
    await route.continue();
  };
  await page.route('**/api/v1/me', afterToken, { times: 1 });
  try {
    const refused = refusal(page, '/api/v1/me', 'auth-server-unavailable');
    await page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill('demo');
    await site.button('Sign in').click();
    await refused;
    await expect(page.getByText(NO_SIGN_IN)).toBeVisible();
    await expect(site.button('Try again')).toBeVisible();
    await expect(site.button('Continue without an account')).toBeVisible();
  } finally {
    demo.resume('identity_provider');
  }
  await expect(page.getByRole('banner').getByText(demo.person(EMAIL).name)).toBeVisible({ timeout: 30_000 });
  await expect(site.button('Migrate data')).toBeVisible();
});

test('without the user endpoint people can continue without an account', async ({ site, page, demo, guard }) => {
  guard.allow(/status of 503/);
  await site.open();
  await page.route('**/api/v1/me', async (route) => {
    demo.pause('identity_provider');
    await route.continue();
  }, { times: 1 });
  try {
    await page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill('demo');
    await site.button('Sign in').click();
    await site.button('Continue without an account').click();
    await expect(site.heading('Collections')).toBeVisible();
    await expect(page.getByText(NO_SIGN_IN)).toHaveCount(0);
    await site.create('Made meanwhile', ['1:D']);
  } finally {
    demo.resume('identity_provider');
  }
  await page.reload();
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await expect(site.row('Made meanwhile')).toBeVisible();
});
