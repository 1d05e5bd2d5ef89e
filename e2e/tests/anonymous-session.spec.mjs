// Collections of an anonymous GN2 session: a person with the signed cookie is offered them and can move them.

import { readFileSync } from 'node:fs';
import { list, sampleList, snapshot } from './support/content.mjs';
import { expect, test } from './support/fixtures.mjs';
import { expectReadable } from './support/gn-auth.mjs';
import { importSession } from './support/import-session.mjs';

const EMAIL = 'newcomer@uon.example';
const OFFER = 'You made 2 collections (15 traits) on GeneNetwork without signing in';

const { anonymous_cookies: cookies } = JSON.parse(readFileSync(new URL('../data/anonymous.json', import.meta.url), 'utf8'));
/// The id of the list that belongs to the first cookie.
const SOURCE = '5626aaa8-a4b4-4a2e-8116-fd56d264509b';

async function comeWithCookie(site, value, email = EMAIL) {
  await site.page.context().addCookies([{ name: 'anon_user_v1', value, url: site.demo.record.url }]);
  await site.openSignedIn(email);
}

test('collections of an anonymous GeneNetwork session are offered, reviewed and moved', async ({ site, redis, demo }) => {
  await comeWithCookie(site, cookies[0]);
  await importSession(site, redis, OFFER);

  const target = await list(redis, 'collections2', demo.person(EMAIL).user_id);
  expectReadable(target);
  const brought = (collections) => collections.map(({ name, members }) => ({ name, members }));
  expect(brought(target)).toEqual(brought(sampleList('collections', SOURCE)));
  expect(await list(redis, 'collections', SOURCE)).toEqual([]);

  await site.link('Go to your collections').click();
  await expect(site.row('Chr 1 Qrr1')).toContainText('In your account');
  await expect(site.offer(OFFER)).toHaveCount(0);
});

test('a declined session is not offered again, and stays available', async ({ site, page, redis }) => {
  const before = await snapshot(redis);
  await comeWithCookie(site, cookies[0]);
  await site.offer(OFFER).getByRole('button', { name: 'Leave them there' }).click();
  await site.expectToast('They stay there.');
  await expect(site.offer(OFFER)).toHaveCount(0);

  await site.openSignedInAgain(EMAIL);
  await site.link('Import what you made on GeneNetwork without signing in').click();
  await expect(site.button('Import 2 collections')).toBeEnabled();
  await expect(page.getByText('Your Default Collection')).toBeVisible();
  expect(await snapshot(redis)).toEqual(before);
});

test('a person with legacy collections can also import the session', async ({ site }) => {
  await comeWithCookie(site, cookies[0], 'researcher09@uon.example');
  await expect(site.button('Migrate data'), 'one offer at a time').toBeVisible();
  await expect(site.offers()).toHaveCount(1);
  await site.link('Import what you made on GeneNetwork without signing in').click();
  await site.button('Import 2 collections').click();
  await expect(site.heading('2 collections imported into your account')).toBeVisible();
});

test('an unproven session reveals nothing', async ({ site, page, redis }) => {
  const [id] = cookies[0].split(':');
  const before = await snapshot(redis);
  const planned = page.waitForResponse('**/api/v1/imports/plan');
  await comeWithCookie(site, `${id}:${'0'.repeat(20)}`);
  expect(await (await planned).json()).toMatchObject({ offer: false, accounts: [] });
  await expect(page.getByText('No old collections to move for')).toBeVisible();
  await expect(site.offer(OFFER)).toHaveCount(0);
  expect(await snapshot(redis)).toEqual(before);
});
