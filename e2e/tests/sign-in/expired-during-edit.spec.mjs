// The sign-in expires during an edit: the input stays, and is saved once, after a silent renewal or a new sign-in in a second
// window.

import { list } from '../support/content.mjs';
import { expect, test } from '../support/fixtures.mjs';

const EMAIL = 'researcher09@uon.example';
const COLLECTION = 'started afresh';

// The server refuses an expired token at once.
test.use({ variables: { GNC_TOKEN_CACHE_SECONDS: '0' } });

test.beforeEach(({ guard }) => guard.allow(/status of (400|401)/));

const written = (site) => site.page.getByLabel('Traits to add');
const expired = (site) => site.page.getByRole('heading', { name: 'Your sign-in has expired' });

async function stored(site, redis) {
  return list(redis, 'collections2', site.demo.person(EMAIL).user_id);
}

async function members(site, redis) {
  return (await stored(site, redis)).find(({ name }) => name === COLLECTION).members;
}

async function openCollection(site) {
  await site.openSignedIn(EMAIL);
  await site.link(COLLECTION).click();
  await expect(site.heading(COLLECTION)).toBeVisible();
}

/// Records the status of every change that the server makes.
function watchChanges(page) {
  const changes = [];
  page.on('response', (response) => {
    if (/\/api\/v1\/collections/.test(response.url()) && response.request().method() !== 'GET') changes.push(response.status());
  });
  return changes;
}

/// Signs in in the window that opens, where the sign-in server may know the browser.
async function signInAgain(site, button) {
  const opened = site.page.waitForEvent('popup');
  await button.click();
  const popup = await opened;
  const closed = popup.waitForEvent('close');
  if (site.demo.dropsState) {
    await popup.getByLabel('E-mail address').fill(EMAIL);
    await popup.getByLabel('Password').fill('demo');
    await popup.getByRole('button', { name: 'Sign in', exact: true }).click();
    await popup.getByRole('button', { name: 'Continue' }).click();
  }
  await closed;
  await site.expectSignedIn(site.demo.person(EMAIL).name);
}

test('an expired token is renewed silently, and the traits are added once @direct', async ({ site, page, redis, demo }) => {
  await openCollection(site);
  const [before, changes, counts] = [await members(site, redis), watchChanges(page), await demo.authServer.countFromNow()];
  await written(site).fill('1:D 2:D');
  await demo.authServer.expireTokens();
  await site.button('Add 2 traits').click();
  await site.expectToast('2 traits added and saved in your account.');
  await expect(written(site)).toHaveValue('');
  expect(await members(site, redis)).toEqual([...before, '1:D', '2:D']);
  expect(changes).toEqual([401, 200]);
  expect(await counts()).toMatchObject({ refresh_token: 1, refused: 0 });
});

test('traits stay in the form when the sign-in expires, and are added once after the next one', async ({ site, page, redis, demo }) => {
  await openCollection(site);
  const [before, changes] = [await members(site, redis), watchChanges(page)];
  await written(site).fill('1:D 2:D');
  await demo.authServer.expireTokens({ refresh: true });
  await site.button('Add 2 traits').click();
  await expect(expired(site)).toBeVisible();
  await expect(written(site)).toHaveValue('1:D 2:D');
  expect(await members(site, redis)).toEqual(before);

  await signInAgain(site, page.getByRole('main').getByRole('button', { name: 'Sign in again' }));
  await expect(expired(site)).toHaveCount(0);
  await expect(written(site)).toHaveValue('1:D 2:D');
  await site.button('Add 2 traits').click();
  await site.expectToast('2 traits added and saved in your account.');
  await expect(written(site)).toHaveValue('');
  expect(await members(site, redis)).toEqual([...before, '1:D', '2:D']);
  expect(changes.filter((status) => status === 200)).toHaveLength(1);
});

test('a name stays in the form when the sign-in expires, and is saved once after the next one', async ({ site, page, redis, demo }) => {
  await openCollection(site);
  const changes = watchChanges(page);
  await site.button('Rename').click();
  await page.getByLabel('Name').fill('Written in time');
  await demo.authServer.expireTokens({ refresh: true });
  await site.button('Save').click();
  await expect(expired(site)).toBeVisible();
  await expect(page.getByLabel('Name')).toHaveValue('Written in time');
  expect((await stored(site, redis)).map(({ name }) => name)).not.toContain('Written in time');

  await signInAgain(site, page.getByRole('banner').getByRole('button', { name: 'Sign in again' }));
  await expect(page.getByLabel('Name')).toHaveValue('Written in time');
  await site.button('Save').click();
  await expect(site.heading('Written in time')).toBeVisible();
  expect(changes.filter((status) => status === 200)).toHaveLength(1);
});

test('a new collection stays in the form when the sign-in expires, and is created once after the next one', async ({ site, page, redis, demo }) => {
  await site.openSignedIn(EMAIL);
  const [before, changes] = [await stored(site, redis), watchChanges(page)];
  await site.button('New collection').click();
  const dialog = page.getByRole('dialog', { name: 'New collection' });
  await dialog.getByLabel('Name').fill('Written in time');
  await dialog.getByLabel('Traits (optional)').fill('1:D 2:D');
  await dialog.getByLabel('In your account').check();
  await demo.authServer.expireTokens({ refresh: true });
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Your sign-in has expired');
  await signInAgain(site, dialog.getByRole('button', { name: 'Sign in again' }));

  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await expect(dialog.getByLabel('Name')).toHaveValue('Written in time');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await site.expectToast('Written in time was created and saved in your account.');
  const after = await stored(site, redis);
  expect(after).toHaveLength(before.length + 1);
  expect(after.find(({ name }) => name === 'Written in time').members).toEqual(['1:D', '2:D']);
  expect(changes.filter((status) => status === 201)).toHaveLength(1);
});
