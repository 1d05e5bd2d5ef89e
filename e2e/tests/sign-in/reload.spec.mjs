// A reload and a new visit never show an empty list to somebody who was signed in.

import { expect, test } from '../support/fixtures.mjs';
import { hold } from '../support/hold.mjs';
import { EMAIL, NAME, signInButton } from './support.mjs';

const SENTENCE = `You were signed in as ${NAME}. Sign in to see your collections.`;

const sentence = (page) => page.getByText(SENTENCE);

/// Records the requests to sign in without a page.
function watchSilentSignIns(page) {
  const silent = [];
  page.on('request', (request) => {
    if (new URL(request.url()).searchParams.get('prompt') === 'none') silent.push(request.url());
  });
  return silent;
}

/// Lets the sign-in server forget the browser.
async function forgetBrowser(site) {
  await site.page.context().clearCookies({ name: /^_session/ });
}

test('a reload shows the collections of the account again without a click', async ({ site, page, demo }) => {
  const silent = watchSilentSignIns(page);
  await site.openSignedIn(EMAIL);
  await site.create('In the account', ['1:D'], { where: 'your account' });
  for (const times of [1, 2]) {
    await page.reload();
    await site.expectSignedIn(NAME);
    await expect(site.row('In the account')).toBeVisible();
    await expect(page).toHaveURL(`${demo.record.url}/`);
    expect(silent).toHaveLength(demo.mediated ? 0 : times);
  }
});

test('while a reload waits for our server, the page does not look empty', async ({ site, page }) => {
  await site.openSignedIn(EMAIL);
  const release = await hold(page, '**/api/v1/config');
  await page.reload();
  await expect(page.locator('main').getByText('Loading…')).toBeVisible();
  await expect(page.getByText('No collections yet')).toHaveCount(0);
  release();
  await site.expectSignedIn(NAME);
});

test('a reload of another page stays on it, with its parameters', async ({ site, page, demo }) => {
  await site.openSignedIn(EMAIL);
  await page.goto('/activity?flag=x');
  await site.expectSignedIn(NAME);
  await expect(site.heading('Activity')).toBeVisible();
  await expect(page).toHaveURL(`${demo.record.url}/activity?flag=x`);
});

test('after a sign-out a reload remembers nobody', async ({ site, page }) => {
  const silent = watchSilentSignIns(page);
  await site.openSignedIn(EMAIL);
  await site.signOut();
  await page.reload();
  await expect(signInButton(site)).toBeVisible();
  await expect(page.getByText('You were signed in as')).toHaveCount(0);
  expect(silent).toEqual([]);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(NAME);
});

test('a sign-in server that has forgotten the browser is asked once, and the page says who was signed in @direct', async ({ site, page, demo }) => {
  const silent = watchSilentSignIns(page);
  await site.openSignedIn(EMAIL);
  await forgetBrowser(site);
  for (const time of ['at once', 'without asking again']) {
    await page.reload();
    await expect(sentence(page), time).toBeVisible();
    await expect(page.getByText('No collections yet')).toHaveCount(0);
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(page).toHaveURL(`${demo.record.url}/`);
    expect(silent, time).toHaveLength(1);
  }
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Password')).toBeVisible();
});
