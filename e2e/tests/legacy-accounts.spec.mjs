// One test for each sample person, who sees what the `note` in people.json says.

import { readFile } from 'node:fs/promises';
import { fill, legacyIds, list, SAMPLE, sampleList, snapshot } from './support/content.mjs';
import { expect, test } from './support/fixtures.mjs';
import { expectReadable } from './support/gn-auth.mjs';

/// Goes from the offer to the result, and returns the earlier content of Redis.
async function migrate(site, redis, { items, traits }) {
  const before = await snapshot(redis);
  const offer = site.offer(`We found ${items} collections (${traits} traits) from your earlier GeneNetwork account`);
  await expect(offer).toBeVisible();
  await expect(site.page.getByText('No collections yet')).toHaveCount(0);
  await offer.getByRole('button', { name: 'Migrate data' }).click();
  await expect(site.heading('Your earlier collections')).toBeVisible();
  await expect(site.button(`Migrate ${items} collections`)).toBeEnabled();
  expect(await snapshot(redis), 'nothing moves before the click').toEqual(before);

  await site.button(`Migrate ${items} collections`).click();
  await expect(site.heading(`${items} collections moved into your account`)).toBeVisible();
  await expect(site.count(`${traits} traits in all`)).toBeVisible();
  return before;
}

/// Checks that the data of other owners is unchanged.
async function expectOthersUntouched(redis, before, { owner, sources }) {
  const after = await snapshot(redis);
  const without = (fields, names) => Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
  expect(after.users).toEqual(before.users);
  expect(without(after.collections, sources)).toEqual(without(before.collections, sources));
  expect(without(after.collections2, [owner])).toEqual(without(before.collections2, [owner]));
}

/// Checks the flag under the address as the account spells it: without it gn-auth would copy the list again.
async function expectFlagged(redis, sources) {
  for (const id of sources) {
    const { email_address: spelling } = JSON.parse(await redis.hGet('users', id));
    const flag = JSON.parse(await redis.hGet('migratable-accounts', spelling));
    expect(flag['collections-migrated'], `the flag of ${JSON.stringify(spelling)}`).toBe(true);
  }
}

/// Checks that the target has the moved collections as they were in the source, with these new names.
function expectMoved(target, source, newNames = {}) {
  for (const was of source) {
    const is = target.find((collection) => collection.id === was.id);
    expect(is, `${was.name} is in the account`).toBeDefined();
    expect(is.name).toBe(newNames[was.id] ?? was.name);
    expect(is.members).toEqual(was.members);
    expect(is.created ?? is.created_timestamp).toBe(was.created_timestamp);
    expect(is.changed ?? is.changed_timestamp).toBe(was.changed_timestamp);
  }
}

/// Checks that after a reload and a new sign-in nothing is offered, and the transfer is listed.
async function expectOfferedNoMore(site, email, migrations = 1) {
  await site.openSignedInAgain(email);
  await expect(site.page.getByText(/^(No old collections to move for|Your earlier GeneNetwork account holds)/)).toBeVisible();
  await expect(site.offers()).toHaveCount(0);
  await site.toActivity();
  await expect(site.page.getByRole('heading', { name: 'Migration from your earlier account' })).toHaveCount(migrations);
}

/// The text for a person without legacy collections.
function nothingMore(email) {
  return `No old collections to move for ${email}.`;
}

/// Checks that nothing is offered for this reason, and nothing in Redis changed.
async function expectNothingOffered(site, redis, email, reason) {
  const before = await snapshot(redis);
  await site.openSignedIn(email);
  await expect(site.page.getByText(reason)).toBeVisible();
  await expect(site.offers()).toHaveCount(0);
  expect(await snapshot(redis)).toEqual(before);
}

test('three legacy accounts with one address are moved in one transfer', async ({ site, redis, demo }) => {
  const email = 'researcher00@jax.example';
  const owner = demo.person(email).user_id;
  const sources = legacyIds(email);
  expect(sources).toHaveLength(3);

  await site.openSignedIn(email);
  const before = await migrate(site, redis, { items: 13, traits: 561 });
  await expect(site.count('11 moved unchanged')).toBeVisible();
  await expect(site.count('2 moved under new names')).toBeVisible();

  const lists = sources.map((id) => sampleList('collections', id));
  const target = await list(redis, 'collections2', owner);
  expectReadable(target);
  expect(target).toHaveLength(13);
  const again = (name) => lists.flatMap((collections) => collections.filter((collection) => collection.name === name).slice(1));
  const newNames = Object.fromEntries(
    ['My traits', 'ethanol preference'].flatMap((name) => again(name).map(({ id }) => [id, `${name} (2)`])),
  );
  expectMoved(target, lists.flat(), newNames);
  for (const id of sources) expect(await redis.hExists('collections', id)).toBe(0);
  await expectFlagged(redis, sources);
  await expectOthersUntouched(redis, before, { owner, sources });
  await expectOfferedNoMore(site, email);
});

test('a legacy address with spaces is found, and its large collection is moved completely', async ({ site, redis, demo }) => {
  const email = 'researcher06@uon.example';
  const owner = demo.person(email).user_id;
  const sources = legacyIds(email);

  await site.openSignedIn(email);
  const before = await migrate(site, redis, { items: 6, traits: '1,266' });
  const source = sampleList('collections', sources[0]);
  const target = await list(redis, 'collections2', owner);
  expectReadable(target);
  expect(target).toHaveLength(6);
  expectMoved(target, source);
  expect(target.find(({ name }) => name === 'Top 100').members).toHaveLength(1199);
  expect(await redis.hExists('collections', sources[0])).toBe(0);
  await expectFlagged(redis, sources);
  await expectOthersUntouched(redis, before, { owner, sources });

  await site.link('Go to your collections').click();
  await site.link('Top 100').click();
  await expect(site.heading('Top 100')).toBeVisible();
  // With the row of headings.
  await expect(site.page.getByRole('grid', { name: 'Traits' })).toHaveAttribute('aria-rowcount', '1200');
  await expectOfferedNoMore(site, email);
});

test('a legacy address with capitals is found, and unknown fields of a collection are moved with it', async ({ site, redis, demo }) => {
  const email = 'researcher04@epfl.example';
  const owner = demo.person(email).user_id;
  const [source] = legacyIds(email);
  const unknown = '{"text": "\\u043a\\u0435pt", "n": 1.10, "big": 12345678901234567890}';
  const lines = SAMPLE.map((line) =>
    line.key === 'collections' && line.field === source
      ? { ...line, value: line.value.replace('"name": "Hippocampus shh"', `"x-note": ${unknown}, "name": "Hippocampus shh"`) }
      : line,
  );
  await fill(redis, lines);

  await site.openSignedIn(email);
  const before = await migrate(site, redis, { items: 8, traits: 322 });
  await expect(site.count('6 moved unchanged')).toBeVisible();
  await expect(site.count('2 moved under new names')).toBeVisible();
  await expect(site.count('1 stayed in place')).toBeVisible();

  const was = sampleList('collections', source);
  const twins = was.filter(({ name }) => name === 'PCA from corr matrix');
  const raw = await redis.hGet('collections2', owner);
  expect(raw, 'byte for byte').toContain(unknown);
  const target = JSON.parse(raw);
  expectReadable(target);
  expect(target).toHaveLength(8);
  expectMoved(target, was.filter(({ members }) => members.length > 0), {
    [twins[1].id]: 'PCA from corr matrix (2)',
    [twins[2].id]: 'PCA from corr matrix (3)',
  });
  expect((await list(redis, 'collections', source)).map(({ id }) => id), 'the empty one stays').toEqual([was[0].id]);
  await expectFlagged(redis, [source]);
  await expectOthersUntouched(redis, before, { owner, sources: [source] });
  await expectOfferedNoMore(site, email);
});

test('an identical collection stays, one of the same name is kept beside, and others are unchanged', async ({ site, redis, demo }) => {
  const email = 'researcher09@uon.example';
  const owner = demo.person(email).user_id;
  const [source] = legacyIds(email);
  const own = sampleList('collections2', owner);

  await site.openSignedIn(email);
  const before = await migrate(site, redis, { items: 5, traits: 176 });
  await expect(site.count('4 moved unchanged')).toBeVisible();
  await expect(site.count('1 moved under a new name')).toBeVisible();
  await expect(site.count('1 was in your account already')).toBeVisible();
  await expect(site.count('1 stayed in place')).toBeVisible();

  const was = sampleList('collections', source);
  const named = (name) => was.find((collection) => collection.name === name);
  const staying = [named('DA receptors v2'), named('Top 100')].map(({ id }) => id);
  const target = await list(redis, 'collections2', owner);
  expectReadable(target);
  expect(target.slice(0, own.length), 'what was there is as it was').toEqual(own);
  expect(target).toHaveLength(own.length + 5);
  expectMoved(target, was.filter(({ id }) => !staying.includes(id)), { [named('Größe').id]: 'Größe (2)' });
  expect((await list(redis, 'collections', source)).map(({ id }) => id).sort()).toEqual(staying.sort());
  await expectFlagged(redis, [source]);
  await expectOthersUntouched(redis, before, { owner, sources: [source] });
  await expectOfferedNoMore(site, email);
});

test('of a list that gn-auth copied, only what is missing from the account is moved by default', async ({ site, redis, demo }) => {
  const email = 'researcher01@epfl.example';
  const owner = demo.person(email).user_id;
  const [missing] = sampleList('collections', legacyIds(email)[0]);
  const before = await list(redis, 'collections2', owner);
  expect(before.map(({ id }) => id)).not.toContain(missing.id);
  await site.openSignedIn(email);
  await expect(site.row('renamed after gn-auth copied it')).toBeVisible();
  await site.button('Migrate data').click();
  await expect(site.page.getByRole('heading', { name: 'To be moved (1)' })).toBeVisible();
  await expect(site.page.getByRole('heading', { name: 'Copied before (1)' })).toBeVisible();
  await expect(site.page.getByRole('heading', { name: 'In your account already (2)' })).toBeVisible();
  await site.button('Migrate 1 collection').click();
  await expect(site.heading('1 collection moved into your account')).toBeVisible();
  const after = await list(redis, 'collections2', owner);
  expect(after.slice(0, before.length)).toEqual(before);
  expectMoved(after, [missing]);
  await expectOfferedNoMore(site, email);
});

test('collections left behind earlier stay in view and are not moved unasked', async ({ site, page }) => {
  const email = 'researcher09@uon.example';
  await site.openSignedIn(email);
  await site.button('Migrate data').click();
  await page.getByLabel('What to do with Hippocampus shh').selectOption('Do not move');
  await site.button('Migrate 4 collections').click();
  await expect(site.heading('4 collections moved into your account')).toBeVisible();

  await site.openSignedInAgain(email);
  await expect(page.getByText('1 collection that you left behind earlier can still be moved.')).toBeVisible();
  await expect(site.offers()).toHaveCount(0);
  await site.link('Review them').click();
  await expect(page.getByRole('heading', { name: 'Left behind earlier (1)' })).toBeVisible();
  await expect(page.getByText('With these choices nothing is moved.')).toBeVisible();
  await page.getByLabel('What to do with Hippocampus shh').selectOption('Move to my account');
  await site.button('Migrate 1 collection').click();
  await expect(site.heading('1 collection moved into your account')).toBeVisible();
  await expectOfferedNoMore(site, email, 2);
});

test('collections that another program has overwritten are offered again', async ({ site, redis, page, demo }) => {
  const email = 'researcher06@uon.example';
  const owner = demo.person(email).user_id;
  const [source] = legacyIds(email);
  await site.openSignedIn(email);
  await migrate(site, redis, { items: 6, traits: '1,266' });
  // gn-auth read the list before the migration and writes it afterwards.
  await redis.hSet('collections2', owner, '[]');

  await site.openSignedInAgain(email);
  const offer = site.offer('We found 6 collections (1,266 traits) from your earlier GeneNetwork account');
  await expect(offer).toContainText('6 of these were moved before, and another program has overwritten your list since.');
  await site.button('Migrate data').click();
  await expect(page.getByRole('heading', { name: 'No longer in your account (6)' })).toBeVisible();
  await site.button('Migrate 6 collections').click();
  await expect(site.heading('6 collections moved into your account')).toBeVisible();
  expectMoved(await list(redis, 'collections2', owner), sampleList('collections', source));
  await expectOfferedNoMore(site, email, 2);
});

test('nothing is offered to a legacy account without collections', async ({ site, redis }) => {
  const email = 'researcher02@jax.example';
  await expectNothingOffered(site, redis, email, nothingMore(email));
});

test('nothing is offered without a legacy account', async ({ site, redis }) => {
  const email = 'newcomer@uon.example';
  await expectNothingOffered(site, redis, email, nothingMore(email));
  const empty = site.page.getByRole('heading', { name: 'No collections yet' });
  await expect(empty).toBeVisible();
  const [reason, list] = await Promise.all([site.page.getByText(nothingMore(email)), empty].map((place) => place.boundingBox()));
  expect(reason.y, 'it stands above the list').toBeLessThan(list.y);
});

test('an address that is not verified reveals nothing and moves nothing', { tag: '@direct' }, async ({ site, redis, page, guard }) => {
  const email = 'researcher03@uthsc.example';
  const before = await snapshot(redis);
  guard.allow(/status of 403/);

  const asked = page.waitForResponse('**/api/v1/legacy');
  await site.openSignedIn(email);
  const refused = await asked;
  expect(refused.status()).toBe(403);
  expect(await refused.json()).toMatchObject({ type: '/problems/email-not-verified', status: 403 });
  const [source] = legacyIds(email);
  const told = await refused.text();
  for (const { id, name } of sampleList('collections', source)) {
    expect(told).not.toContain(id);
    expect(told).not.toContain(name);
  }

  await expect(page.getByRole('heading', { name: 'Your e-mail address is not verified yet' })).toBeVisible();
  await expect(site.offers()).toHaveCount(0);
  await expect(page.getByRole('main')).not.toContainText(/\d+ collections? \(/);
  expect(await snapshot(redis)).toEqual(before);
});

test('the receipt names every collection and can be downloaded', async ({ site, redis, page, demo }) => {
  const email = 'researcher09@uon.example';
  await site.openSignedIn(email);
  await migrate(site, redis, { items: 5, traits: 176 });

  const saving = page.waitForEvent('download');
  await site.button('Download receipt').click();
  const download = await saving;
  expect(download.suggestedFilename()).toMatch(/^genenetwork-migration-\d{4}-\d\d-\d\d\.json$/);
  const receipt = JSON.parse(await readFile(await download.path(), 'utf8'));
  expect(receipt).toMatchObject({
    kind: 'migration',
    target_owner: demo.person(email).user_id,
    moved: 4,
    renamed: 1,
    merged: 0,
    already_present: 1,
    skipped: 1,
    unreadable: 0,
    members: 176,
  });
  const names = sampleList('collections', legacyIds(email)[0]).map(({ name }) => name);
  expect(receipt.items.map((item) => item.source_name)).toEqual(names);
  for (const name of names) await expect(page.getByRole('listitem').filter({ hasText: name }).first()).toBeVisible();
});
