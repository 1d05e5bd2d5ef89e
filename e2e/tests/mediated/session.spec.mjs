// The mediated sign-in, with an auth server that drops `state`, requires a secret and issues no refresh token.

import { expect, test } from '../support/fixtures.mjs';
import { whenClicked, whenShown } from '../support/event-times.mjs';

const EMAIL = 'researcher00@jax.example';
const NAME = 'Researcher 00';
const OFFER = /^We found 13 collections/;

const signInButton = (site) => site.page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true });

/// Signs in up to the confirmation of the account.
async function untilAsked(site) {
  await site.open();
  await signInButton(site).click();
  await site.page.getByLabel('E-mail address').fill(EMAIL);
  await site.page.getByLabel('Password').fill('demo');
  await site.button('Sign in').click();
  await expect(site.heading(`Continue as ${NAME}?`)).toBeVisible();
}

async function sessionCookie(site) {
  const cookies = await site.page.context().cookies(`${site.demo.record.url}/api/v1/oauth2/refresh`);
  return cookies.find(({ name }) => name.includes('gnc-session'));
}

test('a reload and a new tab keep the session, in a cookie that scripts cannot read', async ({ site }) => {
  await site.openSignedIn(EMAIL);
  const cookie = await sessionCookie(site);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
  await site.page.reload();
  await site.expectSignedIn(NAME);
  await expect(site.offer(OFFER)).toBeVisible();
  const other = await site.anotherTab();
  await other.open('/activity');
  await other.expectSignedIn(NAME);
  await expect(other.heading('Activity')).toBeVisible();
});

test('nothing is shown, requested or sent to other tabs before the person confirms the account', async ({ site, page }) => {
  const other = await site.anotherTab();
  await other.open();
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await untilAsked(site);
  await expect(page.getByText(`You were signed in as ${EMAIL}.`)).toBeVisible();
  await expect(site.offers()).toHaveCount(0);
  const ofAccount = asked.filter((path) => /^\/api\/v1\/(?!config|me|oauth2)/.test(path));
  expect(ofAccount).toEqual([]);
  await expect(signInButton(other)).toBeVisible();

  await page.reload();
  await expect(site.heading(`Continue as ${NAME}?`), 'a reload is no answer').toBeVisible();
  await site.button('Continue').click();
  await site.expectSignedIn(NAME);
  await expect(site.offer(OFFER)).toBeVisible();
  await page.reload();
  await site.expectSignedIn(NAME);
});

test('"This is not me" ends the session without a sign-in', async ({ site, page }) => {
  await untilAsked(site);
  const ended = page.waitForResponse('**/api/v1/oauth2/logout');
  await site.button('This is not me').click();
  expect((await ended).status()).toBe(200);
  await expect(signInButton(site)).toBeVisible();
  expect(await sessionCookie(site)).toBeUndefined();
  await page.reload();
  await expect(signInButton(site)).toBeVisible();
});

test('the callback is refused when no sign-in is pending in this tab', async ({ site, page, demo }) => {
  const counts = await demo.authServer.countFromNow();
  await site.open('/callback?code=stolen');
  await expect(site.heading('You are not signed in')).toBeVisible();
  await expect(page.getByText('does not belong to a sign-in started in this tab')).toBeVisible();
  expect(page.url()).not.toContain('stolen');
  expect(await counts(), 'nothing was exchanged').toMatchObject({ authorization_code: 0, refused: 0 });
});

test('a second visit of the callback is no error and exchanges no code', async ({ site, page }) => {
  const callback = page.waitForRequest((request) => request.url().includes('/callback?code='));
  await untilAsked(site);
  await site.button('Continue').click();
  await site.expectSignedIn(NAME);
  const exchanges = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/oauth2/token')) exchanges.push(request.url());
  });
  await page.goto((await callback).url());
  await site.expectSignedIn(NAME);
  await expect(page).toHaveURL(/\/$/);
  expect(exchanges).toEqual([]);
});

test('a sign-in works after going back and trying again', async ({ site, page }) => {
  await site.open();
  await signInButton(site).click();
  await expect(page.getByLabel('Password')).toBeVisible();
  await page.goBack();
  await site.signIn(EMAIL);
});

test('a click before the settings and the session are loaded takes effect', async ({ site, page }) => {
  const held = new Promise((resolve) => { page.route('**/api/v1/config', resolve, { times: 1 }); });
  await page.goto('/');
  await signInButton(site).click();
  await (await held).continue();
  await expect(page.getByLabel('Password')).toBeVisible();
});

test('signing out reaches the other tab within a second and outlives a reload', async ({ site, page }) => {
  await site.openSignedIn(EMAIL);
  const other = await site.anotherTab();
  await other.open();
  await other.expectSignedIn(NAME);
  for (const tab of [site, other]) await tab.settle();
  const [clicked, shown] = [await whenClicked(page), await whenShown(other.page, 'header button', 'Sign in')];
  await site.button('Sign out').click();
  const at = await shown();
  await expect(signInButton(site)).toBeVisible();
  expect(at - (await clicked()), 'milliseconds until the other tab shows it').toBeLessThan(1000);
  await expect(async () => expect(await sessionCookie(site)).toBeUndefined()).toPass();
  await page.reload();
  await expect(signInButton(site)).toBeVisible();
});

test('a sign-out that did not reach the server is completed at the next visit', async ({ site, page, guard }) => {
  guard.allow(/oauth2\/logout/);
  await site.openSignedIn(EMAIL);
  await page.route('**/api/v1/oauth2/logout', (route) => route.abort(), { times: 1 });
  const cut = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/logout'));
  await site.button('Sign out').click();
  await cut;
  expect(await sessionCookie(site)).toBeDefined();
  const finished = page.waitForResponse('**/api/v1/oauth2/logout');
  await page.reload();
  expect((await finished).status()).toBe(200);
  await expect(signInButton(site)).toBeVisible();
  expect(await sessionCookie(site)).toBeUndefined();
});

test('a session cookie of another person never acts for the person shown', async ({ site, page }) => {
  await site.openSignedIn(EMAIL);
  const other = await site.anotherTab();
  await other.open();
  await other.expectSignedIn(NAME);
  for (const tab of [site, other]) await tab.settle();
  // The other tab does not hear of it.
  await page.evaluate(() => { BroadcastChannel.prototype.postMessage = () => {}; });
  await site.button('Sign out').click();
  await expect(signInButton(site)).toBeVisible();
  await site.signIn('newcomer@uon.example');

  // Its token is near its end: it asks for another one, and gets that of the other person.
  await other.page.clock.install();
  await other.page.clock.setFixedTime(Date.now() + 863_990_000);
  await other.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(other.page.getByRole('heading', { name: 'Your sign-in has expired' })).toBeVisible();
  await expect(other.page.getByText('Newcomer')).toHaveCount(0);
});
