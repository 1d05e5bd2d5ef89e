// The callback is opened again, by Back and Forward, a reload or a second click: no code is exchanged twice, no page shows an
// error, and the session stays.

import { expect, test } from '../support/fixtures.mjs';
import { EMAIL, leave, NAME, nextCallback, resume, signInButton, submit } from './support.mjs';

/// Signs in, and returns the address of the callback and a counter of token requests.
async function signInNotingCallback(site) {
  const counts = await site.demo.authServer.countFromNow();
  const callback = nextCallback(site.page);
  await site.openSignedIn(EMAIL);
  return { callback: await callback, counts };
}

async function expectOneExchange(counts) {
  expect(await counts()).toMatchObject({ authorization_code: 1, refused: 0 });
}

test('the callback opened again in the same tab leads back to the page', async ({ site, page }) => {
  const { callback, counts } = await signInNotingCallback(site);
  await page.goto(callback);
  await resume(site);
  await expect(site.heading('Collections')).toBeVisible();
  await expect(page).toHaveURL(`${site.demo.record.url}/`);
  await expect(page.getByRole('alert')).toHaveCount(0);
  // In the direct mode, the page has signed in silently.
  expect(await counts()).toMatchObject({ authorization_code: site.demo.mediated ? 1 : 2, refused: 0 });
});

test('the callback opened again beside a signed-in tab joins its session', async ({ site, page }) => {
  const { callback, counts } = await signInNotingCallback(site);
  const other = await site.anotherTab();
  await other.openJoined(EMAIL);
  await page.goto(callback);
  await site.expectSignedIn(NAME);
  await other.expectSignedIn(NAME);
  await expectOneExchange(counts);
});

test('the callback opened in another tab is refused there, and the first tab stays signed in', async ({ site }) => {
  const { callback, counts } = await signInNotingCallback(site);
  const other = await site.anotherTab();
  await other.page.goto(callback);
  await expect(other.heading('You are not signed in')).toBeVisible();
  await expect(other.page.getByRole('alert')).toContainText('does not belong to a sign-in started in this tab');
  expect(other.page.url()).not.toContain('?');
  await site.expectSignedIn(NAME);
  await expectOneExchange(counts);
});

test('Back and Forward show no error and exchange no code', async ({ site, page, guard }) => {
  // The sign-in server's own page has served, and says so.
  guard.allow(/status of 400.*\/interaction\//);
  const { counts } = await signInNotingCallback(site);
  await page.goBack();
  await page.goForward();
  await expect(site.heading('Collections')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await resume(site);
  expect((await counts()).refused).toBe(0);
});

test('a reload during the exchange of the code is no error', async ({ site, page, demo }) => {
  const counts = await demo.authServer.countFromNow();
  await site.open();
  await leave(site);
  const held = new Promise((resolve) => { page.route(demo.tokenUrl, resolve, { times: 1 }); });
  await submit(page);
  await held;
  await expect(site.heading('Signing in…')).toBeVisible();
  expect(page.url()).not.toContain('?');
  await page.reload();
  await expect(site.heading('Collections')).toBeVisible();
  await expect(signInButton(site)).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await counts()).toMatchObject({ authorization_code: 0, refused: 0 });
  await site.signInAgain(EMAIL);
});

test('two clicks on the button start one sign-in', async ({ site, page }) => {
  const attempts = [];
  page.on('request', (request) => {
    if (request.url().startsWith(site.demo.record.authorize_url)) attempts.push(request.url());
  });
  await site.open();
  await signInButton(site).dblclick();
  await expect(page.getByLabel('Password')).toBeVisible();
  expect(attempts).toHaveLength(1);
});

test('a form of the sign-in server sent twice makes one sign-in', async ({ site, page }) => {
  const counts = await site.demo.authServer.countFromNow();
  await site.open();
  await leave(site);
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password').fill('demo');
  await site.button('Sign in').dblclick();
  await site.confirm(NAME);
  await site.expectSignedIn(NAME);
  await expectOneExchange(counts);
});
