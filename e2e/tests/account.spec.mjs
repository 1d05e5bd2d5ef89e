// Registering, signing in and out.

import { legacyIds, list, sampleList } from './support/content.mjs';
import { expect, test } from './support/fixtures.mjs';
import { whenClicked, whenShown } from './support/event-times.mjs';

const EMAIL = 'researcher00@jax.example';

/// The bearer token of the next call of the API.
async function nextToken(page) {
  const request = await page.waitForRequest((sent) => sent.url().endsWith('/api/v1/me'));
  const { authorization } = await request.allHeaders();
  return authorization;
}

test('a new account with the address of a legacy account is offered its collections', async ({ site, page, redis }) => {
  const email = 'researcher28@uon.example';
  const [source] = legacyIds(email);
  const was = sampleList('collections', source);
  await site.open();
  await page.getByRole('banner').getByRole('link', { name: 'Register' }).click();
  await page.getByLabel('Name').fill('Researcher 28');
  await page.getByLabel('E-mail address').fill(email.toUpperCase());
  await page.getByLabel('Password').fill('new password');
  await site.button('Register').click();
  await expect(page.getByRole('heading', { name: 'You are registered' })).toBeVisible();
  await site.link('Go to your collections').click();

  await site.signIn(email, { password: 'new password', name: 'Researcher 28' });
  await site.offer('We found 2 collections (163 traits) from your earlier GeneNetwork account').getByRole('button').click();
  await site.button('Migrate 2 collections').click();
  await expect(site.heading('2 collections moved into your account')).toBeVisible();

  const ids = (value) => JSON.parse(value).map(({ id }) => id);
  const full = was.filter(({ members }) => members.length > 0);
  const owners = Object.entries(await redis.hGetAll('collections2')).filter(([, value]) => ids(value).includes(full[0].id));
  expect(owners).toHaveLength(1);
  const [[owner, value]] = owners;
  expect(owner, 'a fresh id').not.toBe(source);
  expect(ids(value)).toEqual(full.map(({ id }) => id));
  expect(await list(redis, 'collections', source)).toEqual(was.filter(({ members }) => members.length === 0));
});

test('a wrong password shows a message, and the right one works afterwards', async ({ site, page, guard }) => {
  guard.allow(/status of 401/);
  await site.open();
  await page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password').fill('wrong');
  await site.button('Sign in').click();
  await expect(page.getByRole('alert')).toHaveText('E-mail address and password do not match.');
  await page.getByLabel('Password').fill('demo');
  await site.button('Sign in').click();
  await site.expectSignedIn(site.demo.person(EMAIL).name);
});

test('after a sign-in no code, verifier or token is in the address, the history or the storage', async ({ site, page, demo, guard }) => {
  // Going back leads to a sign-in page that has served.
  guard.allow(/status of 400.*\/interaction\//);
  const exchanging = page.waitForResponse(demo.tokenUrl);
  await site.openSignedIn(EMAIL);
  const exchange = await exchanging;
  const sent = new Map(Object.entries(exchange.request().postDataJSON()));
  const { access_token: token } = await exchange.json();
  const secrets = [sent.get('code'), sent.get('code_verifier'), token];
  expect(secrets.every((secret) => secret.length > 20)).toBe(true);

  expect(new URL(page.url()).search).toBe('');
  const stored = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, databases, document.cookie]);
  });
  for (const secret of secrets) expect(stored).not.toContain(secret);
  await page.goBack();
  await page.goForward();
  expect(page.url()).not.toMatch(/[?&#](code|state|access_token)=/);
  await expect(site.heading('Collections')).toBeVisible();
});

test('a sign-in from another page leads back to it', async ({ site, page }) => {
  await site.open('/activity');
  await expect(page.getByRole('heading', { name: 'Sign in to see this page' })).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password').fill('demo');
  await site.button('Sign in').click();
  await expect(site.heading('Activity')).toBeVisible();
  await expect(page).toHaveURL(/\/activity$/);
});

test('an unexpected callback shows a message', async ({ site, page }) => {
  await site.open('/callback?code=stolen&state=unknown');
  await expect(site.heading('You are not signed in')).toBeVisible();
  await expect(page.getByText('does not belong to a sign-in started in this tab')).toBeVisible();
  expect(page.url()).not.toContain('stolen');
});

test('signing out ends the token, the session and other tabs, and keeps the collections of this browser', async ({ site, page, demo, request }) => {
  await site.open();
  await site.create('Stays here', ['10710:BXDPublish']);
  const asking = nextToken(page);
  await site.signIn(EMAIL);
  const authorization = await asking;
  const user = () => request.get(demo.record.user_url, { headers: { authorization } });
  expect((await user()).status()).toBe(200);

  const other = await site.anotherTab();
  await other.openJoined(EMAIL);
  for (const tab of [site, other]) await tab.settle();

  const [clicked, shown] = [await whenClicked(page), await whenShown(other.page, 'header button', 'Sign in')];
  await site.button('Sign out').click();
  const signIn = (tab) => tab.page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true });
  const at = await shown();
  await expect(signIn(site)).toBeVisible();
  expect(at - (await clicked()), 'milliseconds until the other tab shows it').toBeLessThan(1000);
  await expect(site.row('Stays here')).toBeVisible();
  await expect(other.row('Stays here')).toBeVisible();
  // The tokens are revoked while the page is at it.
  await expect.poll(async () => (await user()).status()).toBe(401);

  await signIn(site).click();
  await expect(page.getByLabel('Password'), 'the sign-in server asks again').toBeVisible();
});
