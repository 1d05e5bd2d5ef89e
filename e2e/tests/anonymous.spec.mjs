// Collections made without an account: stored in this browser, offered after a sign-in, imported once.

import { readFile } from 'node:fs/promises';
import { list, snapshot } from './support/content.mjs';
import { expect, test } from './support/fixtures.mjs';
import { expectReadable } from './support/gn-auth.mjs';

const EMAIL = 'newcomer@uon.example';
const LIVER = { name: 'Liver <i>BXD</i>', traits: ['1435464_at:HC_M2_0606_P', '10710:BXDPublish', '1427571_at:HC_M2_0606_P'] };
const BRAIN = { name: 'מוח / brain', traits: ['10001:BXDPublish', '1415670_at:HC_M2_0606_P'] };

async function makeTwo(site) {
  await site.open();
  await site.create(LIVER.name, LIVER.traits);
  await site.create(BRAIN.name, BRAIN.traits);
}

test('two collections survive a reload, are offered once, and are imported with the same members', async ({ site, page, redis, demo }) => {
  const before = await snapshot(redis);
  await makeTwo(site);
  await page.reload();
  await expect(site.row(LIVER.name)).toContainText('3 traits');
  await expect(site.row(BRAIN.name)).toContainText('2 traits');
  expect(await snapshot(redis), 'nothing leaves the browser').toEqual(before);

  await site.signIn(EMAIL);
  const offer = site.offer('You made 2 collections before signing in');
  for (const name of ['Import existing collections', 'Keep here', 'Delete']) {
    await expect(offer.getByRole('button', { name, exact: true })).toBeVisible();
  }
  await offer.getByRole('button', { name: 'Import existing collections' }).click();
  await expect(site.heading('Collections made in this browser')).toBeVisible();
  expect(await snapshot(redis), 'nothing is copied before the click').toEqual(before);
  await site.button('Import 2 collections').click();
  await expect(site.heading('2 collections imported into your account')).toBeVisible();

  const target = await list(redis, 'collections2', demo.person(EMAIL).user_id);
  expectReadable(target);
  expect(target).toHaveLength(2);
  for (const { name, traits } of [LIVER, BRAIN]) {
    expect(target.find((collection) => collection.name === name)?.members).toEqual(traits);
  }

  await site.link('Go to your collections').click();
  await expect(site.row(LIVER.name).filter({ hasText: 'In your account' })).toBeVisible();
  await expect(site.row(LIVER.name), 'one row for the collection and its copy').toHaveCount(1);
  await expect(site.row(LIVER.name)).toContainText('Also in this browser');
  await expect(site.offers()).toHaveCount(0);

  await site.openSignedInAgain(EMAIL);
  await expect(site.row(BRAIN.name)).toContainText('Also in this browser');
  await expect(page.getByText('No old collections to move for')).toBeVisible();
  await expect(site.offers()).toHaveCount(0);
  await site.button(`Remove the copy of ${BRAIN.name} in this browser`).click();
  await site.expectToast(`The copy of ${BRAIN.name} in this browser was removed.`);
  await expect(site.row(BRAIN.name)).not.toContainText('Also in this browser');
  expect(await list(redis, 'collections2', demo.person(EMAIL).user_id), 'the account keeps its own').toEqual(target);
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await expect(site.row(BRAIN.name)).toContainText('Also in this browser');
  await site.toActivity();
  await expect(page.getByRole('heading', { name: 'Import from a browser' })).toHaveCount(1);
});

test('a collection can be edited, renamed, deleted and restored without an account', async ({ site, page }) => {
  await site.open();
  await site.create(LIVER.name, LIVER.traits);
  await site.link(LIVER.name).click();
  await expect(site.heading(LIVER.name)).toBeVisible();

  await page.getByLabel('Traits to add').fill('10002:BXDPublish, 10003:BXDPublish\nnonsense 10710:BXDPublish');
  await expect(page.getByText('2 traits will be added · 1 already in the collection or repeated · 1 left out')).toBeVisible();
  await expect(page.getByText('Line 2: “nonsense”: dataset missing, for example nonsense:HC_M2_0606_P')).toBeVisible();
  await site.button('Add 2 traits').click();
  await expect(page.getByText('2 traits added and saved in this browser.')).toBeVisible();
  await site.button('Remove 10710:BXDPublish').click();
  await expect(page.getByText('10710:BXDPublish was removed.')).toBeVisible();

  await site.button('Rename').click();
  await page.getByLabel('Name').fill('Liver');
  await site.button('Save').click();
  await expect(page.getByText('Renamed to Liver.')).toBeVisible();

  await page.reload();
  await expect(site.heading('Liver')).toBeVisible();
  const traits = page.getByRole('table').getByRole('row').getByRole('cell', { name: /^\d+(_at)?$/ });
  await expect(traits).toHaveText(['1435464_at', '1427571_at', '10002', '10003']);

  await site.button('Delete').click();
  await expect(page.getByText('Liver was deleted.')).toBeVisible();
  await expect(site.link('Liver')).toHaveCount(0);
  await site.button('Undo').click();
  await expect(page.getByText('Liver was restored.')).toBeVisible();
  await expect(site.row('Liver')).toContainText('4 traits');
});

test('"Keep here" stops the offer until something changes', async ({ site, page, redis, demo }) => {
  await makeTwo(site);
  await site.signIn(EMAIL);
  await site.button('Keep here').click();
  await expect(page.getByText('They stay in this browser. You can import them at any time.')).toBeVisible();
  await expect(site.offers()).toHaveCount(0);

  await site.openSignedInAgain(EMAIL);
  await expect(site.link('Import from this browser')).toBeVisible();
  await expect(site.offers()).toHaveCount(0);

  await site.create('One more', ['10004:BXDPublish'], { where: 'this browser' });
  await expect(site.offer('You made 3 collections before signing in')).toBeVisible();
  expect(await redis.hExists('collections2', demo.person(EMAIL).user_id)).toBe(0);
});

test('a person with legacy collections can also import from this browser', async ({ site, redis, demo }) => {
  const email = 'researcher09@uon.example';
  await site.open();
  await site.create(LIVER.name, LIVER.traits);
  await site.signIn(email);
  await expect(site.button('Migrate data'), 'one offer at a time').toBeVisible();
  await expect(site.offers()).toHaveCount(1);
  await site.link('Import from this browser').click();
  await site.button('Import 1 collection').click();
  await expect(site.heading('1 collection imported into your account')).toBeVisible();
  const target = await list(redis, 'collections2', demo.person(email).user_id);
  expect(target.find(({ name }) => name === LIVER.name)?.members).toEqual(LIVER.traits);

  await site.toCollections();
  await expect(site.button('Migrate data'), 'it still waits').toBeVisible();
  await expect(site.link('Import from this browser')).toHaveCount(0);
});

test('"Delete" can be undone at once, and for 30 days in "Recently deleted"', async ({ site, page }) => {
  await makeTwo(site);
  await site.signIn(EMAIL);
  await site.offer('You made 2 collections before signing in').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('2 collections deleted from this browser.')).toBeVisible();
  await expect(site.link(LIVER.name)).toHaveCount(0);
  await site.button('Undo').click();
  await expect(site.row(LIVER.name)).toBeVisible();
  await expect(site.row(BRAIN.name)).toBeVisible();
  await site.offer('You made 2 collections before signing in').getByRole('button', { name: 'Delete' }).click();
  await expect(site.link(LIVER.name)).toHaveCount(0);

  await page.reload();
  const bin = await site.openBin();
  await bin.getByRole('button', { name: `Restore ${BRAIN.name}` }).click();
  await expect(site.row(BRAIN.name)).toContainText('2 traits');
});

test('a change in one tab shows in the other', async ({ site }) => {
  await makeTwo(site);
  const other = await site.anotherTab();
  await other.open();
  await expect(other.row(LIVER.name)).toBeVisible();
  await site.button(`Delete ${LIVER.name}`).click();
  await expect(other.link(LIVER.name)).toHaveCount(0);
  await other.create('From the other tab', ['10005:BXDPublish']);
  await expect(site.row('From the other tab')).toBeVisible();
});

test('a page that cannot start still exports the collections of this browser', async ({ site, page, guard }) => {
  guard.allow(/Failed to load resource|Failed to fetch/);
  await makeTwo(site);
  await page.route('**/*.wasm', (route) => route.abort());
  await page.reload();
  await expect(site.heading('This page has stopped working')).toBeVisible();
  const saving = page.waitForEvent('download');
  await site.button('Save this browser’s collections').click();
  const saved = await readFile(await (await saving).path(), 'utf8');
  for (const { name, traits } of [LIVER, BRAIN]) {
    for (const text of [name, ...traits]) expect(saved).toContain(JSON.stringify(text));
  }

  await page.unroute('**/*.wasm');
  await site.button('Reload the page').click();
  await expect(site.row(LIVER.name)).toBeVisible();
});
