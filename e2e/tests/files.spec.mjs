// Long pasted texts, and files that are chosen, dropped, imported and exported.

import { AxeBuilder } from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { list } from './support/content.mjs';
import { expect, test } from './support/fixtures.mjs';
import { expectReadable } from './support/gn-auth.mjs';
import { LongTasks } from './support/tasks.mjs';

const WORKER = /\/worker-[0-9a-f]{16}\.js$/;

/// The number of traits of a large collection.
function traits(count) {
  return Array.from({ length: count }, (_, n) => `${1_400_000 + n}_at:HC_M2_0606_P`);
}

/// Pastes the text from the clipboard into the focused field.
async function paste(page, field, text) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await field.focus();
  await page.keyboard.press('ControlOrMeta+V');
}

test('30,000 pasted traits are reported while the page stays responsive, and then saved', async ({ site, page }) => {
  const tasks = await LongTasks.watch(page);
  await site.open();
  await site.create('Large', ['1_at:HC_M2_0606_P']);
  await site.link('Large').click();
  const field = page.getByLabel('Traits to add');
  await expect(field).toBeVisible();
  await tasks.reset();

  const begun = Date.now();
  await paste(page, field, [...traits(30_000), 'nonsense', '1_at:HC_M2_0606_P'].join('\n'));
  // Interactive: the field takes the next key presses.
  await page.keyboard.type('2_at:HC_M2_0606_P');
  await expect(field).toHaveValue('2_at:HC_M2_0606_P');
  const interactive = Date.now() - begun;
  await expect(page.getByText('30,000 traits will be added · 1 already in the collection or repeated · 1 left out')).toBeVisible();
  const reported = Date.now() - begun;
  await expect(page.getByText('Line 30,001: “nonsense”: dataset missing, for example nonsense:HC_M2_0606_P')).toBeVisible();
  await site.button('Add 30,001 traits').click();
  await site.expectToast('30,001 traits added and saved in this browser.');
  const saved = Date.now() - begun;
  const longest = await tasks.longest();
  console.log(`30,000 traits pasted: interactive after ${interactive} ms, reported after ${reported} ms, saved after ${saved} ms; longest task ${longest} ms`);
  // Printed, not judged: how long a task takes beside another browser on the same machine says little.
  await expect(field).toHaveValue('');
  await expect(page.getByText('Pasted text')).toBeHidden();
  await page.reload();
  await expect(page.getByRole('grid', { name: 'Traits' })).toHaveAttribute('aria-rowcount', '30003');
});

test('files are read with a report of each, and unreadable ones show the reason', async ({ site, page }) => {
  await site.open();
  await site.create('From files', ['1:D']);
  await site.link('From files').click();
  const choose = page.getByLabel('Or choose files, or drop them here');
  const file = (name, content) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
  await choose.setInputFiles([
    file('gn2.csv', '# Collection Name: x\r\n1:D\r\n2:D:0123456789abcdef0123\r\nfoo\r\n'),
    file('two.gmt', 'A\tnote\t3:D\t2:D\nB\t\t4:D\n'),
    file('picture.png', '\u0000\u0001'),
  ]);
  const report = page.getByRole('status').filter({ hasText: 'gn2.csv' });
  await expect(report).toContainText('1 trait will be added · 1 already in the collection or repeated · 1 left out');
  await expect(report).toContainText('1 signature of GeneNetwork 2 was removed');
  await expect(report).toContainText('Line 4: “foo”: dataset missing, for example foo:HC_M2_0606_P');
  await expect(report).toContainText('2 traits will be added · 1 already in the collection or repeated');
  await expect(report).toContainText('This is neither a text file nor a workbook.');
  await site.button('Add 3 traits').click();
  await site.expectToast('3 traits added and saved in this browser.');
  await expect(report).toBeHidden();
});

test('without a worker the page reads a long text itself, and no file is lost', async ({ site, page, guard }) => {
  guard.allow(/worker-/);
  await page.route(WORKER, (route) => route.abort());
  await site.open();
  await site.create('Without', ['1:D']);
  await site.link('Without').click();
  await page.getByLabel('Traits to add').fill(traits(2_000).join('\n'));
  await expect(page.getByText('2,000 traits will be added')).toBeVisible();
  await site.button('Clear').click();
  const choose = page.getByLabel('Or choose files, or drop them here');
  await choose.setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('2:D\r\n') });
  await expect(page.getByText('This could not be read, because part of this page')).toBeVisible();
  await page.unroute(WORKER);
  await site.button('Try again').click();
  await site.button('Add 1 trait').click();
  await site.expectToast('1 trait added and saved in this browser.');
});

/// A collection as GN2 exports it with Python's `csv` (see `shared/src/formats/gn2_csv.rs`).
function gn2File({ name, email, time, members }) {
  const cell = (text) => (/[,"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = [`# Collection Name: ${name}`, `# User E-mail: ${email}`, `# Time/Date: ${time}`, ...members];
  return rows.map((row) => `${cell(row)}\r\n`).join('');
}

async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
}

async function openImport(site) {
  await site.button('Import a file').click();
  return site.page.getByRole('dialog', { name: 'Import a file' });
}

/// Imports all collections of a file, after the report of its content.
async function importFile(site, name, content, count) {
  const dialog = await openImport(site);
  await dialog.getByLabel('File').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });
  await dialog.getByRole('button', { name: count === 1 ? 'Import 1 collection' : `Import ${count} collections` }).click();
  await expect(dialog).toBeHidden();
  await site.expectToast(count === 1 ? '1 collection imported' : `${count} collections imported`);
}

test('the content of a file is counted, and collections that exist already are marked', async ({ site, page }) => {
  await site.openSignedIn('researcher09@uon.example');
  await expect(site.link('DA receptors v2')).toBeVisible();
  const dialog = await openImport(site);
  const content = '# Collection Name: DA receptors v2\r\n1:D\r\n1:D\r\n# Collection Name: Brain\r\n2:D\r\n';
  await dialog.getByLabel('File').setInputFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  const report = dialog.getByRole('status');
  await expect(report).toContainText('2 traits · 1 repeated');
  const mark = 'name already exists';
  const labels = dialog.getByRole('group', { name: 'Collections' }).locator('label');
  await expect(labels.filter({ hasText: 'DA receptors v2' })).toContainText(mark);
  await expect(labels.filter({ hasText: 'Brain' })).not.toContainText(mark);
  await dialog.getByRole('group', { name: 'Save to' }).getByLabel('In this browser').check();
  await expect(dialog.getByText(mark), 'not in this browser').toHaveCount(0);
});

test('the choice is locked during an import', async ({ site, page }) => {
  await site.openSignedIn('newcomer@uon.example');
  let release;
  const released = new Promise((resolve) => {
    release = resolve;
  });
  await page.route('**/api/v1/collections', async (route) => {
    if (route.request().method() === 'POST') await released;
    await route.continue();
  });
  const dialog = await openImport(site);
  const content = '# Collection Name: Liver\r\n1:D\r\n# Collection Name: Brain\r\n2:D\r\n';
  await dialog.getByLabel('File').setInputFiles({ name: 'two.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
  const [box, place] = [dialog.getByLabel('Brain'), dialog.getByLabel('In your account')];
  await dialog.getByRole('button', { name: 'Import 2 collections' }).click();
  await expect(box).toBeDisabled();
  await box.press('Space');
  await box.click({ force: true });
  await expect(box).toBeChecked();
  await expect(box, 'the focus stays').toBeFocused();
  await place.press('ArrowDown');
  await expect(place).toBeChecked();
  release();
  await site.expectToast('2 collections imported');
  await expect(site.row('Brain')).toContainText('In your account');
});

/// Returns the file that the open dialog exports in this format.
async function exported(page, format) {
  const dialog = page.getByRole('dialog', { name: /^Export/ });
  await dialog.getByRole('radio', { name: format }).check();
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Download' }).click()]);
  await expect(dialog.getByText('Downloaded')).toBeVisible();
  const content = await readFile(await download.path(), 'utf8');
  return { name: download.suggestedFilename(), content };
}

const FORMATS = { csv: /^GeneNetwork 2/, tsv: /^Table/, json: /^Everything/, gmt: /^Gene sets/ };

test('the field names the chosen or dropped file, and the file can be chosen again', async ({ site, page }) => {
  await site.open();
  const dialog = await openImport(site);
  const field = dialog.getByLabel('File');
  const file = { name: 'chosen.csv', mimeType: 'text/csv', buffer: Buffer.from('1:D\r\n') };
  await field.setInputFiles(file);
  await expect(site.button('Import 1 collection')).toBeEnabled();
  await expect(field).toHaveValue(/chosen\.csv$/);
  // Before the browser asks again the field is emptied: else it would take the same file for no change.
  const asked = page.waitForEvent('filechooser');
  await field.click();
  await expect(field).toHaveValue('');
  await (await asked).setFiles(file);
  await expect(site.button('Import 1 collection')).toBeEnabled();

  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['2:D 3:D'], 'dropped.txt', { type: 'text/plain' }));
    return data;
  });
  await dialog.locator('form').dispatchEvent('drop', { dataTransfer: dropped });
  await expect(dialog.getByRole('paragraph').filter({ hasText: '2 traits' })).toBeVisible();
  await expect(field).toHaveValue(/dropped\.txt$/);
});

test('an export of GN2 is imported and exported byte for byte', async ({ site, page }) => {
  const at = new Date('2026-03-04T15:27:30Z');
  await page.clock.setFixedTime(at);
  await site.open();
  for (const [name, members] of [
    ['My Liver collection', ['1435464_at:HC_M2_0606_P', '10710:BXDPublish', 'PCA_1_BXD:Temp']],
    ['Liver, "old"', ['10001:BXDPublish']],
  ]) {
    const file = gn2File({ name, email: 'N/A', time: '15:27 (UTC) 03/04/26', members });
    await importFile(site, 'collection.csv', file, 1);
    await site.link(name).click();
    await site.button('Export').click();
    const { name: fileName, content } = await exported(page, FORMATS.csv);
    expect(content).toBe(file);
    expect(fileName.endsWith('.csv')).toBe(true);
    await site.button('Close').click();
    await site.toCollections();
  }
});

for (const format of Object.keys(FORMATS)) {
  test(`${format} is exported and imported again with several collections`, async ({ site, page }) => {
    const collections = { 'Liver =1+1': ['1:D', '2:D'], '=HYPERLINK("http://example.org")': ['3:D', '-4:D'], 'größe / 肝臓': ['1:D'] };
    await site.open();
    for (const [name, traits] of Object.entries(collections)) await site.create(name, traits);
    await site.button('Export').click();
    const { name, content } = await exported(page, FORMATS[format]);
    expect(name).toBe(`genenetwork-collections.${format}`);
    if (format === 'tsv') expect(content).not.toMatch(/^[=+@-]|\t[=+@-]/m);
    await site.button('Close').click();
    await site.button(/^Delete Liver/).click();
    await expect(site.link('Liver =1+1')).toBeHidden();
    await site.button(/^Delete =HYPER/).click();
    await site.button(/^Delete größe/).click();
    await expect(site.heading('Collections')).toBeVisible();
    await expect(page.getByText('No collections yet')).toBeVisible();
    await importFile(site, name, content, 3);
    for (const [name, traits] of Object.entries(collections)) {
      await site.link(name).click();
      await expect(site.heading(name)).toBeVisible();
      for (const one of traits) await expect(page.getByRole('table').getByText(one.split(':')[0], { exact: true })).toBeVisible();
      await site.toCollections();
      await site.button(new RegExp(`^Delete ${name.slice(0, 5)}`)).click();
      await expect(site.link(name)).toBeHidden();
    }
  });
}

test('collections are combined after a preview of the counts, and the result names its sources', async ({ site, page }) => {
  await site.open();
  await site.create('Liver', ['1:D', '2:D', '3:D']);
  await site.create('Brain', ['2:D', '3:D', '4:D', '5:D']);
  await site.button('Compare and combine').click();
  const dialog = page.getByRole('dialog', { name: 'Compare and combine' });
  await expect(dialog.getByRole('radio', { name: 'Union: 5' })).toBeChecked();
  await expect(dialog.getByRole('img', { name: 'How many traits are in which collections' })).toBeVisible();
  await dialog.getByText('These counts as a table').click();
  await expect(dialog.getByRole('row')).toHaveCount(4);
  await expectAccessible(page);
  await dialog.getByRole('radio', { name: 'Intersection: 2' }).check();
  await dialog.getByLabel('Name').fill('Both');
  await dialog.getByRole('button', { name: 'Save as a new collection' }).click();
  await site.expectToast('Both was created and saved in this browser.');
  await page.reload();
  await site.link('Both').click();
  await expect(page.getByText(/^Intersection of “(Liver”, “Brain|Brain”, “Liver)”$/)).toBeVisible();
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(3);
});

test('a combination of four is saved in the account with its note, and gn-auth can read it', async ({ site, page, redis, demo }) => {
  const email = 'newcomer@uon.example';
  await site.openSignedIn(email);
  for (const [n, name] of ['A', 'B', 'C', 'D'].entries()) await site.create(name, ['0:D', `${n + 1}:D`], { where: 'your account' });
  await site.button('Compare and combine').click();
  const dialog = page.getByRole('dialog', { name: 'Compare and combine' });
  await expect(dialog.getByText('Choose two or more collections.')).toBeVisible();
  for (const name of ['A', 'B', 'C', 'D']) await dialog.getByRole('checkbox', { name: new RegExp(`^${name}`) }).check();
  await expect(dialog.getByRole('img')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('radio', { name: 'Symmetric difference: 4' }).check();
  await dialog.getByRole('button', { name: 'Save as a new collection' }).click();
  await expect(dialog).toBeHidden();
  await site.expectToast(/^Symmetric difference of . and 3 more was created and saved in your account\./);
  const target = await list(redis, 'collections2', demo.person(email).user_id);
  expectReadable(target);
  const made = target.find((one) => one.name.startsWith('Symmetric difference'));
  expect(made.members.toSorted()).toEqual(['1:D', '2:D', '3:D', '4:D']);
  const note = await redis.hGet(`gnc:notes:${demo.person(email).user_id}`, made.id);
  expect(note).toMatch(/^Symmetric difference of “.”, “.”, “.”, “.”$/);
});

test('the dialogs are accessible, and Escape closes them without a change', async ({ site, page }) => {
  await site.open();
  await site.create('One', ['1:D']);
  const dialog = page.getByRole('dialog');
  const asked = { 'Import a file': dialog.getByLabel('File'), Export: dialog.getByRole('button', { name: 'Download' }) };
  for (const [button, content] of Object.entries(asked)) {
    await site.button(button).focus();
    await page.keyboard.press('Enter');
    // The content, not only its loading frame.
    await expect(content).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(site.button(button)).toBeFocused();
  }
});
