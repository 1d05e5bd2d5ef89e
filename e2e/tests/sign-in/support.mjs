// Steps that several sign-in tests share.

import { expect } from '../support/fixtures.mjs';

export const EMAIL = 'researcher00@jax.example';
export const NAME = 'Researcher 00';

/// The counts without any token request or revocation.
export const NOTHING = { authorization_code: 0, refresh_token: 0, refused: 0, unanswered: 0, revocation: 0 };

/// A collection made before the sign-in, which must stay.
const LOCAL = 'Made before';

export const signInButton = (site) => site.page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true });

/// Goes to the sign-in server, and waits for its form for at most `patience` milliseconds.
export async function leave(site, patience) {
  await signInButton(site).click();
  await expect(site.page.getByLabel('Password')).toBeVisible({ timeout: patience });
}

/// Fills in the form of the sign-in server.
export async function submit(page) {
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password').fill('demo');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/// Opens the page, makes a collection in this browser, and goes to the sign-in server.
export async function leaveWithCollection(site) {
  await site.open();
  await site.create(LOCAL, ['10710:BXDPublish']);
  await leave(site);
}

export async function expectCollectionKept(site) {
  await expect(site.row(LOCAL)).toContainText('1 trait');
}

/// Checks the page that explains a failed sign-in: the address has no parameters, and no person is shown.
export async function expectRefused(site, words) {
  const { page } = site;
  await expect(site.heading('You are not signed in')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('alert')).toContainText(words);
  await expect(page).toHaveURL(`${site.demo.record.url}/callback`);
  await expect(signInButton(site)).toBeVisible();
  await expect(page.getByText(NAME)).toHaveCount(0);
}

/// Tries again on that page, and checks that the person signs in and has lost nothing.
export async function expectWaysOn(site) {
  await site.button('Try again').click();
  const password = site.page.getByLabel('Password');
  const name = site.page.getByRole('banner').getByText(NAME);
  await expect(password.or(name)).toBeVisible();
  // The sign-in server asks again only if it has not signed anybody in before.
  if (await password.isVisible()) await submit(site.page);
  await site.expectSignedIn(NAME);
  await expectCollectionKept(site);
}

/// Returns the address of the callback as soon as the sign-in server redirects to it.
export async function nextCallback(page) {
  const request = await page.waitForRequest((sent) => sent.isNavigationRequest() && /\/callback\?/.test(sent.url()));
  return request.url();
}

/// Waits for the session after a reload: the server has kept it, or the sign-in server knows the browser.
export async function resume(site) {
  await site.expectSignedIn(NAME);
}
