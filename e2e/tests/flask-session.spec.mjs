// Collections that a visitor made in today's GN2 without signing in: GN2's signed cookie `session` proves whose they are.

import { readFileSync } from 'node:fs';
import { list, snapshot } from './support/content.mjs';
import { expect, test } from './support/fixtures.mjs';
import { expectReadable } from './support/gn-auth.mjs';
import { importSession } from './support/import-session.mjs';

const EMAIL = 'newcomer@uon.example';
const OFFER = 'You made 2 collections (3 traits) on GeneNetwork without signing in';

const read = (name) => JSON.parse(readFileSync(new URL(`../data/${name}.json`, import.meta.url), 'utf8'));
const VERSIONS = ['0.5.0', '0.8.0'];
const [OLDER_COOKIE] = read('anonymous').anonymous_cookies;

const session = (version, name) => read(`flask-sessions-${version}`).sessions.find((candidate) => candidate.name === name);
const SOURCE = session('0.8.0', 'anonymous').anon_id;

const collection = (id, name, members) => ({
  id: `7d6b9f1e-0d43-4b9c-8f0a-6f4c2c1d0e0${id}`,
  name,
  created: 'Nov 12 2024 03:27PM',
  changed: 'Nov 13 2024 09:01AM',
  num_members: members.length,
  members,
});
const LIST = [
  collection(1, 'Your Default Collection', []),
  collection(2, 'Liver, BXD', ['1427571_at:HC_M2_0606_P', '10710:BXDPublish']),
  collection(3, 'Weights', ['10711:BXDPublish']),
];

/// Signs in with a browser in which the visitor used GN2 before.
async function comeFromGn2(site, redis, { key, value, cookie }, { collections = LIST, email = EMAIL } = {}) {
  await redis.set(key, Buffer.from(value, 'base64'));
  await redis.hSet('collections2', SOURCE, JSON.stringify(collections));
  await site.page.context().addCookies([{ name: 'session', value: cookie, url: site.demo.record.url, httpOnly: true }]);
  const before = await snapshot(redis);
  await site.openSignedIn(email);
  return before;
}

for (const version of VERSIONS) {
  test(`collections of a session of Flask-Session ${version} are offered, imported and undone`, async ({ site, redis, demo }) => {
    const before = await comeFromGn2(site, redis, session(version, 'anonymous'));
    await importSession(site, redis, OFFER);

    const target = await list(redis, 'collections2', demo.person(EMAIL).user_id);
    expectReadable(target);
    expect(target.map(({ name, members }) => ({ name, members }))).toEqual(LIST.slice(1).map(({ name, members }) => ({ name, members })));
    expect(await list(redis, 'collections2', SOURCE), 'the empty collection stays').toEqual(LIST.slice(0, 1));

    await site.button('Undo import').click();
    await expect(site.heading('Transfer of 2 collections undone')).toBeVisible();
    expect(await snapshot(redis)).toEqual(before);
  });
}

test('both kinds of GN2 session are reviewed and imported together', async ({ site, page, redis }) => {
  await page.context().addCookies([{ name: 'anon_user_v1', value: OLDER_COOKIE, url: site.demo.record.url }]);
  await comeFromGn2(site, redis, session('0.5.0', 'anonymous'));
  const offer = site.offer('You made 4 collections (18 traits) on GeneNetwork without signing in');
  await offer.getByRole('button', { name: 'Import existing collections' }).click();
  await site.button('Import 4 collections').click();
  await expect(site.heading('4 collections imported into your account')).toBeVisible();
});

const REFUSED = [
  ['signed in', session('0.5.0', 'signed in')],
  ['malicious', session('0.5.0', 'runs a command')],
  ['unsigned', { ...session('0.8.0', 'anonymous'), cookie: session('0.8.0', 'anonymous').cookie.split('.')[0] }],
];

for (const [kind, refused] of REFUSED) {
  test(`a session that is ${kind} reveals nothing`, async ({ site, page, redis }) => {
    const planned = page.waitForResponse('**/api/v1/imports/plan');
    const before = await comeFromGn2(site, redis, refused);
    expect(await (await planned).json()).toMatchObject({ offer: false, accounts: [] });
    await expect(page.getByText('No old collections to move for')).toBeVisible();
    await expect(site.offers()).toHaveCount(0);
    expect(await snapshot(redis)).toEqual(before);
  });
}

test('the empty collection that GN2 creates by itself is not offered', async ({ site, page, redis }) => {
  await comeFromGn2(site, redis, session('0.8.0', 'anonymous'), { collections: LIST.slice(0, 1) });
  await expect(page.getByText('No old collections to move for')).toBeVisible();
  await expect(site.offers()).toHaveCount(0);
  await expect(site.link('Import what you made on GeneNetwork without signing in')).toHaveCount(0);
});
