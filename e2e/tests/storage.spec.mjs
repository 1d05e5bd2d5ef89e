// Collections of the browser survive other tabs, crashes, and a browser that stores nothing.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BrowserProcess } from './support/browser-process.mjs';
import { expect, test } from './support/fixtures.mjs';
import { whenClicked, whenShown } from './support/event-times.mjs';
import { Site } from './support/site.mjs';

const NAME = 'Liver';
const TRAITS = ['1435464_at:HC_M2_0606_P', '10710:BXDPublish'];
const DELETED = 'This collection was deleted elsewhere in the meantime';
const UNSAVED = 'Your last changes are not saved yet';

/// Opens the collection in two tabs.
async function twoTabs(site) {
  await site.open();
  await site.create(NAME, TRAITS);
  await site.link(NAME).click();
  await expect(site.heading(NAME)).toBeVisible();
  const other = await site.anotherTab();
  return other;
}

/// Opens a tab that gets no messages of the others.
async function deafTab(site, path) {
  const deaf = await site.anotherTab();
  await deaf.page.addInitScript(() => (BroadcastChannel.prototype.addEventListener = () => {}));
  await deaf.open(path);
  await expect(deaf.heading(NAME)).toBeVisible();
  return deaf;
}

/// Checks that a change shows within a second of its click.
async function expectSoon(clicked, shown) {
  expect((await shown()) - (await clicked()), 'milliseconds').toBeLessThan(1_000);
}

async function rename(site, name) {
  await site.button('Rename').click();
  await site.page.getByLabel('Name').fill(name);
  await site.button('Save').click();
}

async function add(site, trait) {
  await site.page.getByLabel('Traits to add').fill(trait);
  await site.button('Add 1 trait').click();
}

test('a new name from one tab and a trait from the other are both stored, and shown within a second', async ({ site, page }) => {
  const other = await twoTabs(site);
  await other.open(new URL(page.url()).pathname);
  await expect(other.heading(NAME)).toBeVisible();
  const [here, there] = [await whenClicked(page), await whenClicked(other.page)];
  const renamed = await whenShown(other.page, 'h1', 'Leber');
  await rename(site, 'Leber');
  await expectSoon(here, renamed);
  const added = await whenShown(page, 'main *', '3 traits');
  await add(other, '10002:BXDPublish');
  await expectSoon(there, added);
  await page.reload();
  await expect(site.heading('Leber')).toBeVisible();
  await expect(page.getByRole('table')).toContainText('10002');
});

test('a tab with outdated data overwrites nothing and shows a message', async ({ site, page }) => {
  await twoTabs(site);
  const deaf = await deafTab(site, new URL(page.url()).pathname);
  await rename(site, 'Leber');
  await expect(site.heading('Leber')).toBeVisible();

  // What fits to the change of others is done without a question.
  await add(deaf, '10002:BXDPublish');
  await expect(deaf.page.getByText('1 trait added and saved in this browser.')).toBeVisible();
  await expect(deaf.heading('Leber')).toBeVisible();

  await rename(site, 'Foie');
  // Stored, so that the other one comes too late.
  await expect(site.heading('Foie')).toBeVisible();
  await rename(deaf, 'Fegato');
  const told = deaf.page.getByRole('alert');
  await expect(told).toContainText('It is now called Foie.');
  await told.getByRole('button', { name: 'Rename it to Fegato' }).click();
  await expect(site.heading('Fegato')).toBeVisible();

  await site.button('Delete').click();
  await expect(page.getByText('Fegato was deleted.')).toBeVisible();
  await add(deaf, '10003:BXDPublish');
  await expect(deaf.page.getByText(DELETED)).toBeVisible();
  await expect(deaf.page.getByLabel('Traits to add')).toHaveValue('10003:BXDPublish');
});

test('the input stays when another tab deletes the collection', async ({ site, page }) => {
  const other = await twoTabs(site);
  await other.open(new URL(page.url()).pathname);
  await other.page.getByLabel('Traits to add').fill('10003:BXDPublish');
  const told = await whenShown(other.page, 'main *', DELETED);
  const clicked = await whenClicked(page);
  await site.button('Delete').click();
  await expect(page.getByText(`${NAME} was deleted.`)).toBeVisible();
  await expectSoon(clicked, told);
  await expect(other.page.getByLabel('Traits to add')).toHaveValue('10003:BXDPublish');
  await site.button('Undo').click();
  await expect(other.page.getByText(DELETED)).toBeHidden();
  await other.button('Add 1 trait').click();
  await expect(site.row(NAME)).toContainText('3 traits');
});

test('saved data survives a kill of the browser', async ({ demo, baseURL, launchOptions }) => {
  const profile = await mkdtemp(join(tmpdir(), 'gn-collections-profile-'));
  const first = await BrowserProcess.start(profile, launchOptions);
  const page = await first.newPage();
  const site = new Site(page, demo);
  await site.open(baseURL);
  await site.create(NAME, TRAITS);
  await site.create('Second', ['10002:BXDPublish']);
  await first.kill();

  const second = await BrowserProcess.start(profile, launchOptions);
  const again = new Site(await second.newPage(), demo);
  await again.open(baseURL);
  await expect(again.row(NAME)).toContainText('2 traits');
  await expect(again.row('Second')).toContainText('1 trait');
  await second.kill();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

test('with a full disk nothing is lost, and everything is saved once there is space', async ({ site, page }) => {
  await site.open();
  await site.create(NAME, TRAITS);
  // As the browser does when it has no room. (Chromium passes over the quota that its protocol lets set.)
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    globalThis.makeRoom = () => (IDBObjectStore.prototype.put = put);
    globalThis.refused = 0;
    IDBObjectStore.prototype.put = () => {
      globalThis.refused += 1;
      throw new DOMException('no room', 'QuotaExceededError');
    };
  });
  const refused = () => page.evaluate(() => globalThis.refused);

  await site.button('New collection').click();
  const dialog = page.getByRole('dialog', { name: 'New collection' });
  await dialog.getByLabel('Name').fill('Large');
  const many = Array.from({ length: 2_000 }, (_, number) => `${number}:BXDPublish`);
  await dialog.getByLabel('Traits (optional)').fill(many.join('\n'));
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog).toBeHidden();
  const alarm = page.getByRole('alert').filter({ hasText: UNSAVED });
  await expect(alarm).toContainText('The browser’s storage is full.');
  await site.expectToast('Not saved yet');
  await expect(site.row('Large')).toContainText('2,000 traits');

  const saving = page.waitForEvent('download');
  await alarm.getByRole('button', { name: 'Save to a file' }).click();
  const file = JSON.parse(await readFile(await (await saving).path(), 'utf8'));
  expect(file.collections.map(({ name, members }) => [name, members]).sort()).toEqual([
    ['Large', many],
    [NAME, TRAITS],
  ]);

  const before = await refused();
  await alarm.getByRole('button', { name: 'Try to save again' }).click();
  // There must be no room until it has been tried.
  await expect.poll(refused).toBeGreaterThan(before);
  await expect(alarm).toBeVisible();
  await page.evaluate(() => globalThis.makeRoom());
  await alarm.getByRole('button', { name: 'Try to save again' }).click();
  await expect(alarm).toBeHidden();
  await page.reload();
  await expect(site.row('Large')).toContainText('2,000 traits');
  await expect(site.row(NAME)).toContainText('2 traits');
});

/// Makes the browser store nothing from the next page on.
async function forbidStorage(page) {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('a private window', 'SecurityError');
    };
  });
}

test('without storage people can work, save to a file, and are asked before they leave', async ({ site, page, browser, demo, baseURL }) => {
  await forbidStorage(page);
  await site.open();
  await expect(page.getByText('This browser cannot save data for this page')).toBeVisible();
  await site.button('New collection').click();
  const making = page.getByRole('dialog', { name: 'New collection' });
  await making.getByLabel('Name').fill(NAME);
  await making.getByLabel('Traits (optional)').fill(TRAITS.join('\n'));
  await making.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('alert')).toContainText(UNSAVED);
  await site.link(NAME).click();
  await add(site, '10002:BXDPublish');
  await expect(page.getByRole('table')).toContainText('10002');

  const saving = page.waitForEvent('download');
  await site.button('Save to a file').click();
  const saved = await (await saving).path();
  const content = await readFile(saved, 'utf8');
  for (const trait of [...TRAITS, '10002:BXDPublish']) expect(content).toContain(trait);

  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const question = await asked;
  expect(question.type()).toBe('beforeunload');
  await question.dismiss();
  await expect(page.getByRole('table')).toContainText('10002');

  // In another browser, the file restores the saved collections.
  const elsewhere = new Site(await (await browser.newContext()).newPage(), demo);
  await elsewhere.open(baseURL);
  await elsewhere.button('Import a file').click();
  const dialog = elsewhere.page.getByRole('dialog', { name: 'Import a file' });
  await dialog.getByLabel('File').setInputFiles({ name: 'saved.json', mimeType: 'application/json', buffer: Buffer.from(content) });
  await dialog.getByRole('button', { name: 'Import 1 collection' }).click();
  await expect(elsewhere.row(NAME)).toContainText('3 traits');
  await elsewhere.page.context().close();
});

/// Clicks a button that leads away from the page, and returns the browser's question whether to leave.
async function clickAndBeAsked(page, button) {
  const asked = page.waitForEvent('dialog');
  const clicked = button.click();
  const question = await asked;
  expect(question.type()).toBe('beforeunload');
  return async (answer) => {
    await question[answer]();
    await clicked;
  };
}

test('a person who stays with unsaved data can continue, and sign in and out later', async ({ site, page }) => {
  const banner = page.getByRole('banner');
  const [signIn, signOut] = ['Sign in', 'Sign out'].map((name) => banner.getByRole('button', { name, exact: true }));
  const make = async (name, where) => {
    await site.button('New collection').click();
    const dialog = page.getByRole('dialog', { name: 'New collection' });
    await dialog.getByLabel('Name').fill(name);
    if (where) await dialog.getByLabel(`In ${where}`).check();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(site.row(name)).toBeVisible();
  };
  await forbidStorage(page);
  await site.open();
  await make(NAME);
  await (await clickAndBeAsked(page, signIn))('dismiss');
  await expect(signIn).toBeEnabled();
  await expect(site.row(NAME)).toBeVisible();
  await (await clickAndBeAsked(page, signIn))('accept');
  await expect(page.getByLabel('Password')).toBeVisible();

  await site.openSignedIn('researcher09@uon.example');
  await make(NAME, 'this browser');
  await site.settle();
  await (await clickAndBeAsked(page, signOut))('dismiss');
  await expect(signIn).toBeEnabled();
  await expect(site.row(NAME)).toBeVisible();
  await site.link(NAME).click();
  await expect(site.heading(NAME)).toBeVisible();
});

test('the page says how long this browser keeps collections', async ({ site, page }) => {
  await page.addInitScript(() => {
    StorageManager.prototype.persisted = async () => false;
    StorageManager.prototype.persist = async () => (globalThis.asked = true);
  });
  await site.open();
  await expect(page.getByText('has agreed to keep')).toHaveCount(0);
  await site.create(NAME, TRAITS);
  await expect(page.getByText('This browser has agreed to keep its collections until you delete them.')).toBeVisible();
  await page.addInitScript(() => (StorageManager.prototype.persist = undefined));
  await page.reload();
  await expect(page.getByText('may remove them when the device runs out of space')).toBeVisible();
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'vendor', { value: 'Apple Computer, Inc.' }));
  await page.reload();
  await expect(page.getByText('Safari removes what a page keeps after seven days')).toBeVisible();
});
