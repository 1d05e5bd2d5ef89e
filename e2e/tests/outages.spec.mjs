// During an outage of Redis or the sign-in server the page says so within seconds, loses nothing, and continues by itself.

import { legacyIds, list, sampleList, snapshot } from './support/content.mjs';
import { expect, test } from './support/fixtures.mjs';

const EMAIL = 'researcher06@uon.example';
const NO_STORE = 'The collections of your account cannot be reached right now';
const NO_SIGN_IN = 'The sign-in server cannot be reached right now';

/// Waits for an error of the API, and checks its text and duration.
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
  test(`Redis is ${name}: the page says so and shows the data afterwards`, async ({ site, page, demo, redis, guard }) => {
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
    await expect(page.getByText('No activity yet.')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('heading', { name: NO_STORE })).toHaveCount(0);
    expect(await snapshot(demo.redis.client)).toEqual(before);
  });

  test(`Redis is ${name} during the click: one transfer is made afterwards`, async ({ site, page, demo, guard }) => {
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
    const gaveUp = page.getByText('Please try again later; repeating is safe.');
    await expect(done.or(gaveUp)).toBeVisible({ timeout: 30_000 });
    if (await gaveUp.isVisible()) await site.button('Migrate 6 collections').click();
    await expect(done).toBeVisible();
    const members = (collections) => collections.map((collection) => collection.members);
    const target = await list(demo.redis.client, 'collections2', owner);
    expect(members(target)).toEqual(members(sampleList('collections', source)));
    expect(await demo.redis.client.hExists('collections', source)).toBe(0);
  });
}

test('without the user endpoint the page says so, and signs in afterwards', async ({ site, page, demo, guard }) => {
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
    await expect(site.button('Try again')).toBeVisible();
    await expect(site.button('Continue without an account')).toBeVisible();
  } finally {
    demo.resume('identity_provider');
  }
  await expect(page.getByRole('banner').getByText(demo.person(EMAIL).name)).toBeVisible({ timeout: 30_000 });
  await expect(site.button('Migrate data')).toBeVisible();
});

test('without the user endpoint people can continue without an account', async ({ site, page, demo, guard }) => {
  guard.allow(/status of 503/);
  await site.open();
  await page.route('**/api/v1/me', async (route) => {
    demo.pause('identity_provider');
    await route.continue();
  }, { times: 1 });
  try {
    await page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('E-mail address').fill(EMAIL);
    await page.getByLabel('Password').fill('demo');
    await site.button('Sign in').click();
    await site.button('Continue without an account').click();
    await expect(site.heading('Collections')).toBeVisible();
    await expect(page.getByText(NO_SIGN_IN)).toHaveCount(0);
    await site.create('Made meanwhile', ['1:D']);
  } finally {
    demo.resume('identity_provider');
  }
  await page.reload();
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await expect(site.row('Made meanwhile')).toBeVisible();
});

test('collections of this browser can be used without the server', async ({ site, page, guard }) => {
  guard.allow(/Failed to load resource|net::ERR_/);
  await site.open();
  await page.context().setOffline(true);
  await site.create('Made offline', ['10710:BXDPublish']);
  await page.context().setOffline(false);
  await page.reload();
  await expect(site.row('Made offline')).toContainText('1 trait');
});
