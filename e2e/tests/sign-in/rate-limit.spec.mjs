// Too many requests: the server says how long to wait, and the page tells the person, waits, and repeats the action once.

import { list } from '../support/content.mjs';
import { expect, test } from '../support/fixtures.mjs';
import { leave } from './support.mjs';

const EMAIL = 'newcomer@uon.example';
/// Requests a minute: one becomes available in three seconds, which is longer than the page waits without a message.
const LIMIT = 20;
/// The largest difference between two clocks of the browser, in seconds.
const TICK = 0.05;
/// How long a few requests may take after an earlier test has used the limit, in milliseconds.
const PATIENCE = 60_000;
const BUSY = 'The server is busy';

test.use({ variables: { GNC_RATE_LIMIT: String(LIMIT) } });

test.beforeEach(({ guard }) => guard.allow(/status of 429/));

/// Sends requests until the limit is used, and returns the refusal.
async function exhaust(request) {
  const full = String(60 / LIMIT);
  for (;;) {
    const answer = await request.get('/api/v1/config');
    if (answer.status() === 429 && answer.headers()['retry-after'] === full) return answer;
  }
}

/// Uses the limit at the moment when the page sends its next such request: earlier, a slow browser could get another request.
async function exhaustBefore(page, request, isOne) {
  let met = false;
  await page.route('**/api/v1/**', async (route) => {
    if (met || !isOne(route.request())) return route.fallback();
    met = true;
    await exhaust(request);
    return route.continue();
  });
}

/// Records such requests of a page from now on. Returns a function that tells for each refusal the requested and the actual
/// delay in seconds, by the clock of the browser.
function watchWaits(page, isOne) {
  const sent = [];
  page.on('request', (request) => {
    if (isOne(request)) sent.push(request);
  });
  return async () => {
    const answers = await Promise.all(sent.map((request) => request.response()));
    const moments = answers.map((answer) => {
      const { startTime, responseStart } = answer.request().timing();
      const asked = answer.status() === 429 ? Number(answer.headers()['retry-after']) : 0;
      return { begun: startTime / 1000, heard: (startTime + responseStart) / 1000, asked };
    });
    const waits = moments.slice(1).map(({ begun }, n) => ({ asked: moments[n].asked, waited: begun - moments[n].heard }));
    return waits.filter(({ asked }) => asked > 0);
  };
}

function expectPatience(waits) {
  // Longer than the page waits of its own accord.
  expect(Math.max(...waits.map(({ asked }) => asked))).toBeGreaterThan(1);
  for (const { asked, waited } of waits) {
    expect(waited).toBeGreaterThan(asked - TICK);
  }
}

test('a refusal states the limit and when to retry', async ({ request }) => {
  const refused = await exhaust(request);
  const headers = refused.headers();
  expect(headers['content-type']).toBe('application/problem+json');
  expect(headers['ratelimit-policy']).toBe(`"address";q=${LIMIT};w=60`);
  expect(headers.ratelimit).toMatch(/^"address";r=0;t=\d+$/);
  expect(headers['retry-after']).toBe(String(60 / LIMIT));
  expect(await refused.json()).toMatchObject({ type: '/problems/rate-limited', status: 429 });
});

test('a click takes effect once, and a page is shown, as soon as the server allows', async ({ site, page, request, redis, demo }) => {
  test.setTimeout(120_000);
  await site.open();
  await site.signIn(EMAIL, { patience: PATIENCE });
  await site.button('New collection').click();
  const dialog = page.getByRole('dialog', { name: 'New collection' });
  await dialog.getByLabel('Name').fill('Made with patience');
  await dialog.getByLabel('In your account').check();

  const isCreation = (sent) => sent.method() === 'POST' && sent.url().endsWith('/api/v1/collections');
  const waits = watchWaits(page, isCreation);
  await exhaustBefore(page, request, isCreation);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('alert')).toContainText(`${BUSY}. Nothing was lost.`);
  await expect(dialog).toBeHidden({ timeout: 30_000 });
  await site.expectToast('Made with patience was created and saved in your account.');
  expectPatience(await waits());
  const made = await list(redis, 'collections2', demo.person(EMAIL).user_id);
  expect(made.map(({ name }) => name)).toEqual(['Made with patience']);

  const isListing = (sent) => sent.url().endsWith('/api/v1/receipts');
  const activity = watchWaits(page, isListing);
  await exhaustBefore(page, request, isListing);
  await site.toActivity();
  await expect(page.getByRole('heading', { name: BUSY })).toBeVisible();
  await expect(page.getByText('No activity yet.')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('heading', { name: BUSY })).toHaveCount(0);
  expectPatience(await activity());
});

test('a sign-in over the limit continues by itself, and its code is exchanged once', async ({ site, page, request, demo }) => {
  test.setTimeout(120_000);
  const counts = await demo.authServer.countFromNow();
  await site.open();
  await leave(site, PATIENCE);
  await page.getByLabel('E-mail address').fill(EMAIL);
  await page.getByLabel('Password').fill('demo');
  // What the page asks for first when it is back.
  await exhaustBefore(page, request, () => true);
  const refused = page.waitForResponse((answer) => answer.status() === 429);
  await site.button('Sign in').click();
  await refused;
  await expect(page.getByText(BUSY).first()).toBeVisible();
  await site.confirm(demo.person(EMAIL).name, PATIENCE);
  await site.expectSignedIn(demo.person(EMAIL).name, PATIENCE);
  expect(await counts()).toMatchObject({ authorization_code: 1, refused: 0 });
});
