// gn-auth of 2025 without a change issues tokens that its own user endpoint refuses: the page explains it, offers two ways
// on, and keeps no session.

import { expect, test } from './support/fixtures.mjs';
import { sessionCookie } from './support/session-cookie.mjs';
import { leave, NAME, signInButton, submit } from './sign-in/support.mjs';

test.beforeEach(({ guard }) => guard.allow(/status of 401/));

async function expectExplained(site) {
  await expect(site.heading('You are not signed in')).toBeVisible();
  await expect(site.page.getByRole('alert')).toContainText('issued a token that it does not accept itself');
  await expect(site.page.getByText(NAME)).toHaveCount(0);
  await expect.poll(() => sessionCookie(site)).toBeUndefined();
}

test('the page explains it and continues without an account', async ({ site, page, demo }) => {
  await site.open();
  await site.create('Made before', ['1:D']);
  await leave(site);
  await submit(page);
  await expectExplained(site);
  await site.button('Continue without an account').click();
  await expect(site.heading('Collections')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page).toHaveURL(`${demo.record.url}/`);
  await expect(site.row('Made before')).toBeVisible();
  await page.reload();
  await expect(signInButton(site)).toBeVisible();
  await expect(page.getByText('You were signed in as')).toHaveCount(0);
});

test('the page tries again', async ({ site, page }) => {
  await site.open();
  await leave(site);
  await submit(page);
  await expectExplained(site);
  await site.button('Try again').click();
  await submit(page);
  await expectExplained(site);
});
