// Members that GeneNetwork cannot show: old collections keep them, and the page marks them; no new
// collection gets any.

import { expect, test } from './support/fixtures.mjs';

const EMAIL = 'newcomer@uon.example';
const MEMBERS = ['10710:BXDPublish', 'PC1', 'c:d:Temp', 'e f:g'];
const SIGN = { name: 'GeneNetwork cannot show this trait' };
const times = { created: 'Nov 12 2019 03:27PM', changed: 'Nov 12 2019 03:27PM' };

const owner = (site) => site.demo.person(EMAIL).user_id;

function store(redis, site) {
  const entry = { id: '6f0c8d2f-4b1e-4c5e-9c2f-4f5e9f0a6f11', name: 'Old', ...times, num_members: MEMBERS.length, members: MEMBERS };
  return redis.hSet('collections2', owner(site), JSON.stringify([entry]));
}

const stored = async (redis, site) => JSON.parse(await redis.hGet('collections2', owner(site)));

for (const width of [1280, 320]) {
  test(`they are marked in a window of ${width} px`, async ({ site, page, redis }) => {
    await page.setViewportSize({ width, height: 800 });
    await store(redis, site);
    await site.openSignedIn(EMAIL);
    await site.link('Old').click();
    await expect(page.getByRole('img', SIGN)).toHaveCount(3);
    for (const member of ['PC1', 'c', 'e f']) {
      const row = page.locator('[data-place]').filter({ has: page.getByText(member, { exact: true }) });
      await row.scrollIntoViewIfNeeded();
      await expect(row.getByRole('img', SIGN)).toBeInViewport({ ratio: 1 });
      await expect(row.getByRole('link')).toHaveCount(0);
    }
    await expect(page.getByText('GeneNetwork cannot show 3 traits. They stay in the collection as stored.')).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, 'nothing is wider than the window').toBeLessThanOrEqual(0);
  });
}

test('a removed one can be added again, and a copy leaves them out', async ({ site, page, redis }) => {
  await store(redis, site);
  await site.openSignedIn(EMAIL);
  await site.link('Old').click();
  await site.button('Remove PC1').click();
  await expect(page.getByRole('img', SIGN)).toHaveCount(2);
  await site.button('Undo').click();
  await expect(page.getByRole('img', SIGN)).toHaveCount(3);

  await page.getByLabel('Select all shown').check();
  await site.button('Copy to a collection…').click();
  await page.getByLabel('Name').fill('New');
  await page.getByRole('dialog').getByRole('button', { name: 'Copy', exact: true }).click();
  await site.expectToast('3 traits that GeneNetwork cannot show were left out.');
  const [, copy] = await stored(redis, site);
  expect([copy.name, copy.members]).toEqual(['New', ['10710:BXDPublish']]);
});
