// The review in Firefox, operated with keys: what it shows is what happens. Firefox ignores the attribute `selected` of options
// after a person has chosen one.

import { legacyIds, list, snapshot } from '../support/content.mjs';
import { expect, test } from '../support/fixtures.mjs';

const EMAIL = 'researcher00@jax.example';
const LEAVE = 'Do not move';

async function review(site) {
  await site.openSignedIn(EMAIL);
  await site.button('Migrate data').click();
  await expect(site.button('Migrate 13 collections')).toBeVisible();
}

/// Returns the choice that each item shows, by its name.
function shown(page) {
  return page.locator('li.item').filter({ has: page.locator('select') }).evaluateAll((items) => items.map((item) => ({
    name: item.querySelector('.item__name').textContent,
    choice: item.querySelector('select').selectedOptions[0]?.textContent,
  })));
}

/// Chooses an option as people do without a mouse: the arrow keys change the focused choice.
async function choose(page, select, label) {
  await select.focus();
  for (let step = 0; step < 5; step += 1) {
    if (await select.evaluate((element) => element.selectedOptions[0].textContent) === label) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`there is no option ${label}`);
}

/// Executes the transfer and checks that exactly the items that showed another choice than "Do not move" are moved.
async function expectDoneAsShown(site, redis, demo) {
  const items = await shown(site.page);
  const moved = items.filter(({ choice }) => choice !== LEAVE);
  await site.button(`Migrate ${moved.length} collections`).press('Enter');
  await expect(site.heading(`${moved.length} collections moved into your account`)).toBeVisible();
  const names = (entries) => entries.map(({ name }) => name.trim()).sort();
  const account = await list(redis, 'collections2', demo.person(EMAIL).user_id);
  const left = await Promise.all(legacyIds(EMAIL).map(async (id) => (await redis.hExists('collections', id)) ? list(redis, 'collections', id) : []));
  expect(account).toHaveLength(moved.length);
  const stayed = items.filter(({ choice }) => choice === LEAVE);
  expect(names(left.flat().filter(({ name }) => names(stayed).includes(name.trim())))).toEqual(names(stayed));
}

test('"Apply to all like this" changes what a choice shows that was made before', async ({ site, redis, page, demo }) => {
  await review(site);
  const selects = page.locator('li.item select');
  await choose(page, selects.nth(0), LEAVE);
  await choose(page, selects.nth(1), LEAVE);
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('button', { name: /^Apply to all like this \(\d+ more\): Move to my account$/ })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(selects.nth(0).locator('option:checked')).toHaveText('Move to my account');
  await expectDoneAsShown(site, redis, demo);
});

test('a list that changed in the meantime shows the choices that are executed', async ({ site, redis, page, demo, guard }) => {
  guard.allow(/412/);
  await review(site);
  const selects = page.locator('li.item select');
  await choose(page, selects.nth(0), LEAVE);
  await choose(page, selects.nth(2), LEAVE);
  // Another program removes the first collection: all others move up.
  const [source] = legacyIds(EMAIL);
  const [, ...rest] = await list(redis, 'collections', source);
  await redis.hSet('collections', source, JSON.stringify(rest));
  const before = await snapshot(redis);
  await site.button(/^Migrate \d+ collections$/).press('Enter');
  await expect(page.getByRole('alert')).toContainText('Your collections changed in the meantime');
  expect(await snapshot(redis)).toEqual(before);
  await expectDoneAsShown(site, redis, demo);
});

test('the order of the list is the one that its field shows', async ({ site, page }) => {
  await site.open();
  for (let n = 0; n < 8; n += 1) await site.create(`Collection ${n}`, ['1:D']);
  await choose(page, page.getByLabel('Sort by'), 'Name');
  await expect(page.locator('.collections li').first()).toContainText('Collection 0');
  await page.getByLabel('Sort by').press('ArrowUp');
  await expect(page.locator('.collections li').first()).toContainText('Collection 7');
});
