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

/// Ends both tokens at the sign-in server, as an administrator would.
export async function revokeAll(request, demo, secrets) {
  await secrets.settled();
  for (const [token, kind] of secrets.secrets) {
    if (!kind.endsWith('token')) continue;
    const url = new URL('/token/revocation', demo.record.issuer).href;
    const answer = await request.post(url, { form: { token, client_id: demo.record.client_id } });
    expect(answer.ok()).toBe(true);
  }
}
