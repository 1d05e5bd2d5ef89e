// What the tests of the sign-in have in common.

import { expect } from '../support/fixtures.mjs';

export const EMAIL = 'researcher00@jax.example';
export const NAME = 'Researcher 00';

/// What counts of token requests and revocations say when there were none.
export const NOTHING = { authorization_code: 0, refresh_token: 0, refused: 0, unanswered: 0, revocation: 0 };

/// Made before the sign-in, and there whatever becomes of it.
const LOCAL = 'Made before';

export const signInButton = (site) => site.page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true });

/// Leaves for the sign-in server, and waits for its form; `patience` is how long that may take, in milliseconds.
export async function leave(site, patience) {
  await signInButton(site).click();
  await expect(site.page.getByLabel('Password')).toBeVisible({ timeout: patience });
}

/// Fills in its form.
export async function submit(page) {
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password').fill('demo');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/// Opens the page, makes a collection in this browser, and leaves for the sign-in server.
export async function leaveWithCollection(site) {
  await site.open();
  await site.create(LOCAL, ['10710:BXDPublish']);
  await leave(site);
}

export async function expectCollectionKept(site) {
  await expect(site.row(LOCAL)).toContainText('1 trait');
}

/// The page that says in words why nobody is signed in: nothing of the answer in the address, nothing of anybody's shown.
export async function expectRefused(site, words) {
  const { page } = site;
  await expect(site.heading('You are not signed in')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('alert')).toContainText(words);
  await expect(page).toHaveURL(`${site.demo.record.url}/callback`);
  await expect(signInButton(site)).toBeVisible();
  await expect(page.getByText(NAME)).toHaveCount(0);
}

/// Both ways on from there, after which the person is signed in and has lost nothing.
export async function expectWaysOn(site) {
  await site.link('Back to collections').click();
  await expect(site.heading('Collections')).toBeVisible();
  await expectCollectionKept(site);
  await site.page.goBack();
  await site.button('Try again').click();
  const password = site.page.getByLabel('Password');
  const name = site.page.getByRole('banner').getByText(NAME);
  await expect(password.or(name)).toBeVisible();
  // The sign-in server asks again only if it has not signed anybody in before.
  if (await password.isVisible()) await submit(site.page);
  await site.expectSignedIn(NAME);
  await expectCollectionKept(site);
}

/// The answer of the sign-in server, as soon as the browser is sent back with it: the whole address.
export async function nextCallback(page) {
  const request = await page.waitForRequest((sent) => sent.isNavigationRequest() && /\/callback\?/.test(sent.url()));
  return request.url();
}

/// Takes up the session after the page was loaded anew: our server has kept it, or the sign-in server knows the browser
/// and asks nothing.
export async function resume(site) {
  if (!site.demo.mediated) await signInButton(site).click();
  await site.expectSignedIn(NAME);
}
