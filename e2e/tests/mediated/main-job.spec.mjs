// The main job with the releases of gn-auth whose tokens work: see the projects in playwright.config.mjs.

import { legacyIds, list, snapshot } from '../support/content.mjs';
import { expect, test } from '../support/fixtures.mjs';

const EMAIL = 'researcher00@jax.example';
const NAME = 'Researcher 00';
const OFFER = 'We found 13 collections (561 traits) from your earlier GeneNetwork account';

test('sign in, see the offer, migrate, read the receipt, undo, sign out', async ({ site, page, redis, demo }) => {
  const owner = demo.person(EMAIL).user_id;
  const counts = await demo.authServer.countFromNow();
  await site.openSignedIn(EMAIL);
  const before = await snapshot(redis);
  await site.offer(OFFER).getByRole('button', { name: 'Migrate data' }).click();
  await site.button('Migrate 13 collections').click();
  await expect(site.heading('13 collections moved into your account')).toBeVisible();
  expect(await list(redis, 'collections2', owner)).toHaveLength(13);
  for (const id of legacyIds(EMAIL)) expect(await redis.hExists('collections', id)).toBe(0);

  await page.reload();
  await site.expectSignedIn(NAME);
  await site.toActivity();
  await expect(page.getByRole('heading', { name: 'Migration from your earlier account' })).toBeVisible();
  await site.button('Undo migration').click();
  await expect(page.getByRole('status').filter({ hasText: 'Transfer of 13 collections undone' })).toBeVisible();
  expect(await snapshot(redis)).toEqual(before);
  await site.toCollections();
  await expect(site.offer(OFFER), 'what was undone is offered again').toBeVisible();

  const ended = page.waitForResponse('**/api/v1/oauth2/logout');
  await site.signOut();
  expect(await (await ended).json()).toEqual({ revocation: 'done' });
  expect(await counts(), 'the token is revoked').toMatchObject({ authorization_code: 1, refused: 0, revocation: 1 });
  await page.reload();
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
});

test('a callback that names somebody else signs in the owner of the token', async ({ site, page, demo }) => {
  const other = demo.person('researcher09@uon.example');
  await demo.authServer.alterNextCallback({ user_id: other.user_id });
  await site.openSignedIn(EMAIL);
  await expect(site.offer(OFFER)).toBeVisible();
  await expect(page.getByText(other.name)).toHaveCount(0);
  await expect(page).toHaveURL(`${demo.record.url}/`);
});
