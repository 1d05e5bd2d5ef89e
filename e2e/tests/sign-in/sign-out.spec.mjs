// Signing out: it reaches every tab within a second, and revokes all tokens.

import { expect, test } from '../support/fixtures.mjs';
import { whenClicked, whenShown } from '../support/event-times.mjs';
import { EMAIL, leave, NAME, signInButton, submit } from './support.mjs';

/// Milliseconds until other tabs must have signed out.
const WITHIN = 1000;

/// Returns when this tab shows that nobody is signed in: see `whenShown`.
const whenSignedOut = ({ page }) => whenShown(page, 'header button', 'Sign in');

/// Returns the tokens of a token response.
async function tokensOf(answer) {
  const { access_token: access, refresh_token: refresh } = await answer.json();
  return { access, refresh };
}

test('a sign-out reaches other tabs within a second, revokes both tokens, and ends the session of the sign-in server', async ({ site, page, demo, request }) => {
  const exchanged = page.waitForResponse(demo.record.token_url);
  await site.openSignedIn(EMAIL);
  const tokens = await tokensOf(await exchanged);
  const others = [await site.anotherTab(), await site.anotherTab(), await site.anotherTab()];
  for (const [index, path] of ['/', '/activity', '/migrate'].entries()) {
    await others[index].open(path);
    await others[index].expectSignedIn(NAME);
  }
  const counts = await demo.authServer.countFromNow();
  const watched = await Promise.all(others.map(whenSignedOut));
  const clicked = await whenClicked(page);
  for (const tab of [site, ...others]) await tab.settle();

  await site.button('Sign out').click();
  const seen = await Promise.all(watched.map((at) => at()));
  await expect(signInButton(site)).toBeVisible();
  for (const at of seen) {
    const taken = at - (await clicked());
    expect(taken).toBeGreaterThanOrEqual(0);
    expect(taken, 'milliseconds').toBeLessThan(WITHIN);
  }
  for (const tab of others) await expect(tab.page.getByText(NAME)).toHaveCount(0);

  expect((await counts()).revocation).toBeGreaterThanOrEqual(2);
  const user = await request.get(demo.record.user_url, { headers: { authorization: `Bearer ${tokens.access}` } });
  expect(user.status()).toBe(401);
  const form = { grant_type: 'refresh_token', client_id: demo.record.client_id, refresh_token: tokens.refresh };
  const refreshed = await request.post(demo.record.token_url, { form, headers: { origin: demo.record.url } });
  expect(await refreshed.json()).toMatchObject({ error: 'invalid_grant' });

  // The sign-in server's own session is over, too.
  await leave(site);
  await submit(page);
  await site.expectSignedIn(NAME);
});

test('after a sign-out nothing of the account is on the screen', async ({ site, page }) => {
  await site.openSignedIn(EMAIL);
  await site.create('Private study', ['1:D'], { where: 'your account' });
  await site.create('Another study', ['1:D'], { where: 'your account' });
  await site.button('Delete Private study').click();
  await site.expectToast('Private study was deleted.');
  await site.signOut();
  await expect(page.locator('.toast')).toHaveCount(0);
  await expect(page.locator('body')).not.toContainText(/Private study|Another study/);
  await expect(page.locator('body')).not.toContainText(NAME);
});

test('a sign-out works without the sign-in server', async ({ site, page, demo, guard }) => {
  guard.allow(/Failed to load resource|net::ERR_/);
  await site.openSignedIn(EMAIL);
  const other = await site.anotherTab();
  await other.openJoined(EMAIL);
  for (const tab of [site, other]) await tab.settle();
  const [clicked, there] = [await whenClicked(page), await whenSignedOut(other)];
  const here = await whenShown(page, 'header *', 'Signing out…');
  demo.pause('identity_provider');
  try {
    const givenUp = page.waitForEvent('requestfailed', (sent) => sent.url().includes('revocation'));
    await site.button('Sign out').click();
    for (const shown of [here, there]) expect((await shown()) - (await clicked()), 'milliseconds').toBeLessThan(WITHIN);
    await expect(page.getByText(NAME)).toHaveCount(0);
    await givenUp;
    await expect(signInButton(site)).toBeVisible();
    await expect(site.heading('Collections')).toBeFocused();
    await expect(page, 'the browser’s error page helps nobody').toHaveURL(`${demo.record.url}/`);
  } finally {
    demo.resume('identity_provider');
  }
});

/// Clicks at the position of this element, even if it is covered or disabled.
async function clickAt(page, what) {
  const { x, y, width, height } = await what.boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2);
}

test('during a sign-out nothing can be started that would be lost', async ({ site, page, demo }) => {
  await site.openSignedIn(EMAIL);
  await site.create('Stays', ['1:D'], { where: 'this browser' });
  await site.settle();
  const held = new Promise((resolve) => {
    page.route((url) => url.pathname.endsWith('/revocation'), (route) => resolve(route), { times: 1 });
  });
  await site.button('Sign out').click();
  const revocation = await held;
  await expect(page.getByText('Signing out…')).toBeVisible();
  await expect(page.getByText(NAME)).toHaveCount(0);
  await clickAt(page, page.locator('main a', { hasText: 'Stays' }));
  await clickAt(page, page.getByText('New collection', { exact: true }));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(`${demo.record.url}/`);

  const back = page.waitForEvent('load');
  await revocation.continue();
  await back;
  await expect(signInButton(site)).toBeVisible();
  await site.link('Stays').click();
  await expect(site.heading('Stays')).toBeVisible();
});
