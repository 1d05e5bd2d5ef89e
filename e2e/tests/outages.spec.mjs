// During an outage of Redis or the sign-in server the page says so within seconds, loses nothing, and continues by itself.

import { legacyIds, list, sampleList, snapshot } from './support/content.mjs';
import { expect, test } from './support/fixtures.mjs';
import { refusal } from './support/refusal.mjs';

const EMAIL = 'researcher06@uon.example';
const NO_STORE = 'The collections of your account cannot be reached right now';

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

test('collections of this browser can be used without the server', async ({ site, page, guard }) => {
  guard.allow(/Failed to load resource|net::ERR_/);
  await site.open();
  await page.context().setOffline(true);
  await site.create('Made offline', ['10710:BXDPublish']);
  await page.context().setOffline(false);
  await page.reload();
  await expect(site.row('Made offline')).toContainText('1 trait');
});
