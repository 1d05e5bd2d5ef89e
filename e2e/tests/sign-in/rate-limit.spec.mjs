// Too many requests: the server says how long to wait, and the page tells the person, waits so long, and does what was asked for
// once.

import { list } from '../support/content.mjs';
import { expect, test } from '../support/fixtures.mjs';
import { leave } from './support.mjs';

const EMAIL = 'newcomer@uon.example';
/// Requests a minute: they come back one in three seconds, which is longer than the page waits of its own accord.
const LIMIT = 20;
const BUSY = 'The server is busy';

test.use({ variables: { GNC_RATE_LIMIT: String(LIMIT) } });

test.beforeEach(({ guard }) => guard.allow(/status of 429/));

/// Asks until nothing is left, not even a part of one request, and answers the refusal.
async function exhaust(request) {
  const full = String(60 / LIMIT);
  for (;;) {
    const answer = await request.get('/api/v1/config');
    if (answer.status() === 429 && answer.headers()['retry-after'] === full) return answer;
  }
}

/// The times between each refusal of such requests of a page and the next one, with what the refusal asked for, in seconds.
function watchWaits(page, isOne) {
  const waits = [];
  let refused;
  page.on('request', (request) => {
    if (!isOne(request) || !refused) return;
    waits.push({ asked: refused.seconds, waited: (Date.now() - refused.at) / 1000 });
    refused = undefined;
  });
  page.on('response', (response) => {
    if (isOne(response.request()) && response.status() === 429) {
      refused = { at: Date.now(), seconds: Number(response.headers()['retry-after']) };
    }
  });
  return waits;
}

function expectPatience(waits) {
  // Longer than the page waits of its own accord.
  expect(Math.max(...waits.map(({ asked }) => asked))).toBeGreaterThan(1);
  for (const { asked, waited } of waits) {
    expect(asked).toBeGreaterThanOrEqual(1);
    // The refusal is heard here a little later than in the page.
    expect(waited).toBeGreaterThan(asked - 0.5);
  }
}

test('a refusal says what the limit is and when to come back', async ({ request }) => {
  const refused = await exhaust(request);
  const headers = refused.headers();
  expect(headers['content-type']).toBe('application/problem+json');
  expect(headers['ratelimit-policy']).toBe(`"address";q=${LIMIT};w=60`);
  expect(headers.ratelimit).toMatch(/^"address";r=0;t=\d+$/);
  expect(headers['retry-after']).toBe(String(60 / LIMIT));
  expect(await refused.json()).toMatchObject({ type: '/problems/rate-limited', status: 429 });
});

test('a click is carried out once, a page is shown, as soon as the server allows', async ({ site, page, request, redis, demo }) => {
  test.setTimeout(120_000);
  await site.open();
  await site.signIn(EMAIL, { patience: 60_000 });
  await site.button('New collection').click();
  const dialog = page.getByRole('dialog', { name: 'New collection' });
  await dialog.getByLabel('Name').fill('Made with patience');
  await dialog.getByLabel('In your account').check();

  const isCreation = (sent) => sent.method() === 'POST' && sent.url().endsWith('/api/v1/collections');
  const waits = watchWaits(page, isCreation);
  await exhaust(request);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('alert')).toContainText(`${BUSY}. Nothing was lost.`);
  await expect(dialog).toBeHidden({ timeout: 30_000 });
  await site.expectToast('Made with patience was created and saved in your account.');
  expectPatience(waits);
  const made = await list(redis, 'collections2', demo.person(EMAIL).user_id);
  expect(made.map(({ name }) => name)).toEqual(['Made with patience']);

  await exhaust(request);
  const activity = watchWaits(page, (sent) => sent.url().endsWith('/api/v1/receipts'));
  await site.toActivity();
  await expect(page.getByRole('heading', { name: BUSY })).toBeVisible();
  await expect(page.getByText('Nothing has been brought into your account yet.')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('heading', { name: BUSY })).toHaveCount(0);
  expectPatience(activity);
});

test('a sign-in that meets the limit goes on by itself, and its code is exchanged once', async ({ site, page, request, demo }) => {
  test.setTimeout(120_000);
  const counts = await demo.authServer.countFromNow();
  await site.open();
  await leave(site);
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password').fill('demo');
  await exhaust(request);
  const refused = page.waitForResponse((answer) => answer.status() === 429);
  await site.button('Sign in').click();
  await refused;
  await expect(page.getByText(BUSY).first()).toBeVisible();
  await site.confirm(demo.person(EMAIL).name, 60_000);
  await site.expectSignedIn(demo.person(EMAIL).name, 60_000);
  expect(await counts()).toMatchObject({ authorization_code: 1, refused: 0 });
});
