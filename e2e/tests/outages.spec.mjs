// Redis or the sign-in server is gone for a while: the page says so within seconds, loses nothing, and goes on by itself.

import { legacyIds, list, sampleList, snapshot } from './support/content.mjs';
import { expect, test } from './support/fixtures.mjs';

const EMAIL = 'researcher06@uon.example';
const NO_STORE = 'The collections of your account cannot be reached right now';
const NO_SIGN_IN = 'The sign-in server cannot be reached right now';

/// Waits for a refusal of the API and checks what it says and how long it took.
async function refusal(page, path, slug) {
  const response = await page.waitForResponse((answer) => answer.url().endsWith(path) && answer.status() === 503);
  expect(response.headers()['content-type']).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({ type: `/problems/${slug}`, status: 503 });
  await response.finished();
  expect(response.request().timing().responseEnd, 'milliseconds').toBeLessThan(3000);
}

const store = {
  'stopped and resumed': {
    away: (redis) => redis.pause(),
    back: (redis) => redis.resume(),
  },
  'killed and started again': {
    away: (redis) => redis.kill(),
    back: (redis) => redis.restart(),
  },
};

for (const [name, { away, back }] of Object.entries(store)) {
  test(`Redis is ${name}: the page says so and shows the data when it is back`, async ({ site, page, demo, redis, guard }) => {
    guard.allow(/status of 503/);
    const before = await snapshot(redis);
    await site.openSignedIn(EMAIL);
    await expect(site.button('Migrate data')).toBeVisible();

    await away(demo.redis);
    const refused = refusal(page, '/api/v1/receipts', 'store-unavailable');
    await site.toActivity();
    await refused;
    await expect(page.getByRole('heading', { name: NO_STORE })).toBeVisible();

    await back(demo.redis);
    await expect(page.getByText('Nothing has been brought into your account yet.')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('heading', { name: NO_STORE })).toHaveCount(0);
    expect(await snapshot(demo.redis.client)).toEqual(before);
  });

  test(`Redis is ${name} at the very click: one transfer, once it is back`, async ({ site, page, demo, guard }) => {
    guard.allow(/status of 503/);
    const owner = demo.person(EMAIL).user_id;
    const [source] = legacyIds(EMAIL);
    await site.openSignedIn(EMAIL);
    await site.button('Migrate data').click();
    await expect(site.button('Migrate 6 collections')).toBeEnabled();

    await away(demo.redis);
    const refused = refusal(page, '/api/v1/migrations', 'store-unavailable');
    await site.button('Migrate 6 collections').click();
    await refused;
    await back(demo.redis);

    const done = site.heading('6 collections moved into your account');
    const gaveUp = page.getByText('Please try again in a while; nothing is transferred twice.');
    await expect(done.or(gaveUp)).toBeVisible({ timeout: 30_000 });
    if (await gaveUp.isVisible()) await site.button('Migrate 6 collections').click();
    await expect(done).toBeVisible();
    const members = (collections) => collections.map((collection) => collection.members);
    const target = await list(demo.redis.client, 'collections2', owner);
    expect(members(target)).toEqual(members(sampleList('collections', source)));
    expect(await demo.redis.client.hExists('collections', source)).toBe(0);
  });
}

test('the user endpoint does not answer: the page says so and signs in when it is back', async ({ site, page, demo, guard }) => {
  guard.allow(/status of 503/);
  await site.open();
  // The sign-in server falls silent after it has given the token, before our server asks whose it is.
  const afterToken = async (route) => {
    demo.pause('identity_provider');
    await route.continue();
  };
  await page.route('**/api/v1/me', afterToken, { times: 1 });
  try {
    const refused = refusal(page, '/api/v1/me', 'auth-server-unavailable');
    await page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill('demo');
    await site.button('Sign in').click();
    await refused;
    await expect(page.getByText(NO_SIGN_IN)).toBeVisible();
  } finally {
    demo.resume('identity_provider');
  }
  await expect(page.getByRole('banner').getByText(demo.person(EMAIL).name)).toBeVisible({ timeout: 30_000 });
  await expect(site.button('Migrate data')).toBeVisible();
});

test('collections of this browser can be used while the server is away', async ({ site, page, guard }) => {
  guard.allow(/Failed to load resource|net::ERR_/);
  await site.open();
  await page.context().setOffline(true);
  await site.create('Made offline', ['10710:BXDPublish']);
  await page.context().setOffline(false);
  await page.reload();
  await expect(site.row('Made offline')).toContainText('1 trait');
});
