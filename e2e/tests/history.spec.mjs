// The history of a collection, and the way back to an earlier state, in this browser and in the account.

import { list } from './support/content.mjs';
import { expect, test } from './support/fixtures.mjs';

const EMAIL = 'newcomer@uon.example';
const NAME = 'Liver';
const TRAITS = ['1435464_at:HC_M2_0606_P', '10710:BXDPublish', '1427571_at:HC_M2_0606_P'];

/// Locates the names of the shown traits, in their order.
function traits(page) {
  return page.getByRole('table').getByRole('row').getByRole('cell', { name: /^\d+(_at)?$/ });
}

/// Opens the list of changes, and locates its items.
async function openHistory(page) {
  await page.getByText('History', { exact: true }).click();
  return page.getByRole('list', { name: 'History' }).getByRole('listitem');
}

/// Renames the collection, adds a trait and removes one, and then goes back to the first state.
async function thereAndBack(site, page) {
  await site.button('Rename').click();
  await page.getByLabel('Name').fill('Leber');
  await site.button('Save').click();
  await expect(site.heading('Leber')).toBeVisible();
  await page.getByLabel('Traits to add').fill('10002:BXDPublish');
  await site.button('Add 1 trait').click();
  await expect(traits(page)).toHaveCount(4);
  const changes = await openHistory(page);
  await expect(changes).toHaveCount(2);
  await site.button('Remove 10710:BXDPublish').click();
  await expect(changes).toHaveCount(3);
  await expect(changes.nth(0)).toContainText('1 trait removed');
  await expect(changes.nth(0)).toContainText('4 traits before');
  await expect(changes.nth(1)).toContainText('1 trait added');
  await expect(changes.nth(2)).toContainText('Renamed from Liver');

  await changes.nth(2).getByRole('button').click();
  await expect(site.heading(NAME)).toBeVisible();
  await expect(traits(page)).toHaveText(TRAITS.map((trait) => trait.split(':')[0]));
  await site.expectToast('Restored.');
  await page.reload();
  await expect(site.heading(NAME)).toBeVisible();
}

test('a collection of this browser goes back to an earlier state and forward again', async ({ site, page }) => {
  await site.open();
  await site.create(NAME, TRAITS);
  await site.link(NAME).click();
  await thereAndBack(site, page);
  const changes = await openHistory(page);
  await expect(changes).toHaveCount(4);
  await changes.nth(0).getByRole('button').click();
  await expect(site.heading('Leber')).toBeVisible();
  await expect(traits(page)).toHaveText(['1435464_at', '1427571_at', '10002']);
});

test('a collection of the account goes back to a state before the change of another program', async ({ site, page, redis, demo, guard }) => {
  guard.allow(/status of 412/);
  const owner = demo.person(EMAIL).user_id;
  await site.openSignedIn(EMAIL);
  await site.create(NAME, TRAITS, { where: 'your account' });
  await site.link(NAME).click();
  await page.getByLabel('Traits to add').fill('10002:BXDPublish');
  await site.button('Add 1 trait').click();
  await expect(traits(page)).toHaveCount(4);

  // As gn-auth does: the whole list, without a guard.
  const [stored] = await list(redis, 'collections2', owner);
  await redis.hSet('collections2', owner, JSON.stringify([{ ...stored, members: ['10003:BXDPublish'], num_members: 1 }]));
  const changes = await openHistory(page);
  await expect(changes).toHaveCount(2);
  await expect(changes.nth(0)).toContainText('1 trait added, 4 traits removed');
  await expect(changes.nth(0)).toContainText('by another program or a transfer');

  // The shown collection is out of date, and the page says so first.
  await changes.nth(0).getByRole('button').click();
  const told = page.getByRole('alert');
  await expect(told).toContainText('This collection was changed elsewhere in the meantime');
  await expect(traits(page)).toHaveText(['10003']);
  await told.getByRole('button', { name: 'Restore it anyway' }).click();
  await expect(traits(page)).toHaveCount(4);
  const [back] = await list(redis, 'collections2', owner);
  expect(back.members).toEqual([...TRAITS, '10002:BXDPublish']);
  await expect(changes).toHaveCount(3);
  await changes.nth(0).getByRole('button').click();
  await expect(traits(page)).toHaveText(['10003']);
});
