// What a collection was before its last changes, and the way back, in this browser and in the account.

import { list } from './support/content.mjs';
import { expect, test } from './support/fixtures.mjs';

const EMAIL = 'newcomer@uon.example';
const NAME = 'Liver';
const TRAITS = ['1435464_at:HC_M2_0606_P', '10710:BXDPublish', '1427571_at:HC_M2_0606_P'];

/// The names of the traits that the page shows, in their order.
function traits(page) {
  return page.getByRole('table').getByRole('row').getByRole('cell', { name: /^\d+(_at)?$/ });
}

/// The list of changes, opened.
async function openHistory(page) {
  await page.getByText('History', { exact: true }).click();
  return page.getByRole('list', { name: 'History' }).getByRole('listitem');
}

/// Renames it, adds a trait and takes one out; then goes back over all of it, and forth again.
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
  await expect(changes.nth(0)).toContainText('1 trait taken out');
  await expect(changes.nth(0)).toContainText('4 traits before');
  await expect(changes.nth(1)).toContainText('1 trait added');
  await expect(changes.nth(2)).toContainText('Renamed from Liver');

  await changes.nth(2).getByRole('button').click();
  await expect(site.heading(NAME)).toBeVisible();
  await expect(traits(page)).toHaveText(TRAITS.map((trait) => trait.split(':')[0]));
  await site.expectToast('It is what it was.');
  await page.reload();
  await expect(site.heading(NAME)).toBeVisible();
}

test('a collection of this browser goes back, and forth again', async ({ site, page }) => {
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

test('a collection of the account goes back, also over what another program changed', async ({ site, page, redis, demo, guard }) => {
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
  await expect(changes.nth(0)).toContainText('1 trait added, 4 traits taken out');
  await expect(changes.nth(0)).toContainText('by another program or a transfer');

  // What is shown is not what is there any more: that is said first.
  await changes.nth(0).getByRole('button').click();
  const told = page.getByRole('alert');
  await expect(told).toContainText('This collection was changed elsewhere in the meantime');
  await expect(traits(page)).toHaveText(['10003']);
  await told.getByRole('button', { name: 'Go back all the same' }).click();
  await expect(traits(page)).toHaveCount(4);
  const [back] = await list(redis, 'collections2', owner);
  expect(back.members).toEqual([...TRAITS, '10002:BXDPublish']);
  await expect(changes).toHaveCount(3);
  await changes.nth(0).getByRole('button').click();
  await expect(traits(page)).toHaveText(['10003']);
});
