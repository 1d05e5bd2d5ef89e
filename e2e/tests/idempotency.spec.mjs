// Several clicks, from one or more tabs, make one transfer, and each click gets a clear answer.

import { legacyIds, list, sampleList } from './support/content.mjs';
import { expect, test } from './support/fixtures.mjs';
import { expectReadable } from './support/gn-auth.mjs';

const EMAIL = 'researcher09@uon.example';
const STALE = 'Your collections changed in the meantime';

async function review(site) {
  await site.openSignedIn(EMAIL);
  await site.button('Migrate data').click();
  await expect(site.button('Migrate 5 collections')).toBeEnabled();
}

/// Checks that each of the five collections is in the account once, and the transfer has one receipt.
async function expectOneTransfer(site, redis, more = 0) {
  const owner = site.demo.person(EMAIL).user_id;
  const target = await list(redis, 'collections2', owner);
  expectReadable(target);
  expect(target).toHaveLength(sampleList('collections2', owner).length + 5 + more);
  await site.toActivity();
  await expect(site.page.getByRole('heading', { name: 'Migration from your earlier account' })).toHaveCount(1);
}

test('a double click makes one transfer', async ({ site, redis }) => {
  await review(site);
  await site.button('Migrate 5 collections').dblclick();
  await expect(site.heading('5 collections moved into your account')).toBeVisible();
  await expectOneTransfer(site, redis);
});

test('the same request sent again gets the same receipt', async ({ site, page, redis, request }) => {
  await review(site);
  const sending = page.waitForRequest((sent) => sent.url().endsWith('/api/v1/migrations'));
  await site.button('Migrate 5 collections').click();
  const sent = await sending;
  const first = await sent.response();
  expect(first.status()).toBe(201);

  const { authorization, 'idempotency-key': key, 'if-match': plan } = await sent.allHeaders();
  const repeat = () =>
    request.post('/api/v1/migrations', {
      headers: { authorization, 'idempotency-key': key, 'if-match': plan, 'content-type': 'application/json' },
      data: sent.postData(),
    });
  const answers = await Promise.all(Array.from({ length: 10 }, repeat));
  for (const answer of answers) {
    expect(answer.status()).toBe(201);
    expect(await answer.json()).toEqual(await first.json());
  }
  await expectOneTransfer(site, redis);
});

test('two tabs make one transfer, and the second tab says that the list changed', async ({ site, redis, guard }) => {
  guard.allow(/status of 412/);
  await review(site);
  const other = await site.anotherTab();
  await other.openJoined(EMAIL);
  await other.button('Migrate data').click();
  await expect(other.button('Migrate 5 collections')).toBeEnabled();

  await Promise.all([site, other].map((tab) => tab.button('Migrate 5 collections').click()));
  const moved = (tab) => tab.heading('5 collections moved into your account');
  const stale = (tab) => tab.page.getByRole('heading', { name: STALE });
  for (const tab of [site, other]) await expect(moved(tab).or(stale(tab))).toBeVisible();
  const outcomes = await Promise.all([site, other].map((tab) => moved(tab).isVisible()));
  expect(outcomes.filter(Boolean)).toHaveLength(1);

  // Nobody has to fear for what the other tab has moved.
  const late = outcomes[0] ? other : site;
  const news = late.page.getByRole('alert');
  await expect(news).toContainText('Nothing is left to move.');
  await expect(news).toContainText('No longer in the earlier account: ');
  await expect(news).toContainText('They may have been moved in another tab.');
  await news.getByRole('link', { name: 'See all activity' }).click();
  await expect(late.page.getByRole('heading', { name: 'Migration from your earlier account' })).toHaveCount(1);
  await expectOneTransfer(site, redis);
});

test('a tab whose list another tab has moved says so without an alarm', async ({ site, page, guard }) => {
  guard.allow(/status of 412/);
  const email = 'researcher00@jax.example';
  await site.openSignedIn(email);
  await site.button('Migrate data').click();
  await expect(site.button('Migrate 13 collections')).toBeEnabled();
  const other = await site.anotherTab();
  await other.openJoined(email);
  await other.button('Migrate data').click();
  await other.button('Migrate 13 collections').click();
  await expect(other.heading('13 collections moved into your account')).toBeVisible();

  await site.button('Migrate 13 collections').click();
  await expect(page.locator('.review-notices'), 'its button is gone, the focus is not lost').toBeFocused();
  await expect(page.getByRole('alert')).toContainText('Nothing is left to move.');
  await expect(page.getByRole('main')).not.toContainText('No old collections');
  await page.getByRole('alert').getByRole('link', { name: 'See all activity' }).click();
  await expect(page.getByRole('heading', { name: 'Migration from your earlier account' })).toHaveCount(1);
});

test('a stale plan is not executed, and the fresh plan is shown with the earlier choices', async ({ site, redis, guard }) => {
  guard.allow(/status of 412/);
  const owner = site.demo.person(EMAIL).user_id;
  await review(site);
  const choice = site.page.getByLabel('What to do with Hippocampus shh');
  await choice.selectOption('Do not move');
  await expect(site.button('Migrate 4 collections')).toBeEnabled();

  // gn-auth writes whole lists without asking anybody.
  const foreign = '{"id": "0c7b5f0e-2f4e-4b53-9a52-3c1a3b6f2a11", "name": "Written meanwhile", "created": "Nov 12 2019 03:27PM", "changed": "Nov 12 2019 03:27PM", "num_members": 1, "members": ["10710:BXDPublish"], "odd":1.50}';
  const raw = await redis.hGet('collections2', owner);
  await redis.hSet('collections2', owner, `${raw.slice(0, -1)}, ${foreign}]`);

  await site.button('Migrate 4 collections').click();
  await expect(site.page.getByRole('heading', { name: STALE })).toBeVisible();
  const [source] = legacyIds(EMAIL);
  expect(await list(redis, 'collections', source), 'nothing has moved').toEqual(sampleList('collections', source));
  await expect(choice.locator('option:checked')).toHaveText('Do not move');

  await site.button('Migrate 4 collections').click();
  await expect(site.heading('4 collections moved into your account')).toBeVisible();
  expect(await redis.hGet('collections2', owner), 'the foreign entry, byte for byte').toContain(foreign);
  const staying = (await list(redis, 'collections', source)).map(({ name }) => name);
  expect(staying).toEqual(['DA receptors v2', 'Top 100', 'Hippocampus shh']);
  // One of the five was left, one came from elsewhere.
  await expectOneTransfer(site, redis);
});
