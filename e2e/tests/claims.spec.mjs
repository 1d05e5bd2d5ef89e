// Claiming an old account that has another address, with its old password.

import { fill, list, SAMPLE, sampleList, snapshot } from './support/content.mjs';
import { expectReadable } from './support/gn-auth.mjs';
import { expect, test } from './support/fixtures.mjs';

const MOVER = 'researcher70@uon.example';
const OLD = { email: 'researcher70@uthsc.example', password: 'old-demo', id: '5e1f3a52-8d1c-4c64-9a43-2f6f0c9b7d18' };

async function openDialog(site) {
  await site.button('My old account used another address').click();
  return site.page.getByRole('dialog', { name: 'My old account used another address' });
}

async function submit(dialog, email, password) {
  await dialog.getByLabel('Old e-mail address').fill(email);
  await dialog.getByLabel('Old password').fill(password);
  await dialog.getByRole('button', { name: 'Find my collections' }).click();
}

test.beforeEach(({ secrets }) => {
  secrets.secrets.add(OLD.password, 'client secret');
  secrets.secrets.add('wrong-password', 'client secret');
});

test('an account with another address is claimed, migrated and undone', async ({ site, redis, demo }) => {
  const owner = demo.person(MOVER).user_id;
  await site.openSignedIn(MOVER);
  await expect(site.page.getByText(`No old collections to move for ${MOVER}.`, { exact: true })).toBeVisible();
  const before = await snapshot(redis);
  const dialog = await openDialog(site);
  await submit(dialog, OLD.email, OLD.password);
  await expect(dialog).toBeHidden();
  await site.expectToast('Your old account was found. Review its collections above the list.');
  await expect(site.button('My old account used another address')).toBeFocused();
  expect(await snapshot(redis), 'a claim moves nothing').toEqual(before);

  const offer = site.offer('We found 2 collections (5 traits) from your earlier GeneNetwork account');
  await offer.getByRole('button', { name: 'Migrate data' }).click();
  await expect(site.page.getByText(OLD.email)).toBeVisible();
  await site.button('Migrate 2 collections').click();
  await expect(site.heading('2 collections moved into your account')).toBeVisible();
  const target = await list(redis, 'collections2', owner);
  expectReadable(target);
  const names = (collections) => collections.map(({ name, members }) => ({ name, members }));
  expect(names(target)).toEqual(names(sampleList('collections', OLD.id)));
  expect(await redis.hExists('collections', OLD.id)).toBe(0);

  await site.button('Undo migration').click();
  await expect.poll(() => list(redis, 'collections', OLD.id)).toEqual(sampleList('collections', OLD.id));
  await site.toCollections();
  await expect(offer).toBeVisible();
});

test('a wrong password and an unknown address are told alike, and the sixth attempt has to wait', async ({ site, guard }) => {
  guard.allow(/status of (403|422|429)/);
  await site.openSignedIn(MOVER);
  const dialog = await openDialog(site);
  const alert = dialog.getByRole('alert');
  await submit(dialog, 'nobody', 'wrong-password');
  await expect(alert).toContainText('The address or the password cannot be right');
  for (const email of [OLD.email, 'nobody@example.org', OLD.email, 'nobody@example.org', OLD.email]) {
    const answered = site.page.waitForResponse('**/api/v1/legacy/claims');
    await submit(dialog, email, 'wrong-password');
    expect((await answered).status()).toBe(403);
    await expect(alert).toContainText('The address or the password is not right.');
    await expect(dialog.getByLabel('Old password')).toBeFocused();
  }
  await submit(dialog, OLD.email, OLD.password);
  await expect(alert).toContainText('Too many attempts');
  await expect(alert).toContainText('Try again in 60 minutes.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(site.offers()).toHaveCount(0);
});

test('an account without collections is claimed, and nothing is offered', async ({ site, redis }) => {
  await fill(redis, SAMPLE.filter(({ key, field }) => key !== 'collections' || field !== OLD.id));
  await site.openSignedIn(MOVER);
  await submit(await openDialog(site), OLD.email, OLD.password);
  await site.expectToast('Your old account was found, but it has no collections left to move.');
  await expect(site.offers()).toHaveCount(0);
});

test('nobody is asked for a password before signing in', async ({ site }) => {
  await site.open();
  await expect(site.button('My old account used another address')).toHaveCount(0);
});
