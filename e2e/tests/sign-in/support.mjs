// What the tests of the sign-in have in common.

import { expect } from '../support/fixtures.mjs';

export const EMAIL = 'researcher00@jax.example';
export const NAME = 'Researcher 00';

export const signInButton = (site) => site.page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true });

/// Leaves for the sign-in server, and waits for its form.
export async function leave(site) {
  await signInButton(site).click();
  await expect(site.page.getByLabel('Password')).toBeVisible();
}

/// Fills in its form.
export async function submit(page) {
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password').fill('demo');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
