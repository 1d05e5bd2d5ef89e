// Real kinds of files and pastes, each with its result. `client/worker/tests/cases.rs` reads the same cases natively.

import { readFileSync } from 'node:fs';
import { expect, test } from './support/fixtures.mjs';

const FOLDER = new URL('../../shared/src/formats/fixtures/cases/', import.meta.url);
const CASES = JSON.parse(readFileSync(new URL('cases.json', FOLDER), 'utf8'));

/// The sentence that the import dialog shows for a file that is refused as a whole.
const REFUSALS = {
  'not-a-list': 'This is a web page, not a list of traits.',
  'no-traits': 'This file holds gene symbols, not GeneNetwork traits.',
  empty: 'There are no traits in this file.',
};

/// Pastes into the focused field, as a browser does that copied a page.
async function paste(field, { text, html = '' }) {
  await field.evaluate(
    (element, [text, html]) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      if (html) data.setData('text/html', html);
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
      // A synthetic event does not insert anything itself.
      if (element.dispatchEvent(event)) {
        element.value = text;
        element.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
    },
    [text, html],
  );
}

async function openTarget(site, page) {
  await site.open();
  await site.create('Target', ['first:D']);
  await site.link('Target').click();
  return page.getByLabel('Traits to add');
}

async function expectAdded(site, page, members) {
  const count = members.length === 1 ? 'Add 1 trait' : `Add ${members.length} traits`;
  await site.button(count).click();
  await site.expectToast('added and saved in this browser.');
  for (const member of members) await expect(page.getByRole('table').getByText(member.split(':')[0], { exact: true })).toBeVisible();
}

for (const { file, as, collections = [], refused } of CASES) {
  const buffer = readFileSync(new URL(file, FOLDER));

  if (as !== 'paste') {
    test(`${file} is imported`, async ({ site, page }) => {
      await site.open();
      await site.button('Import a file').click();
      const dialog = page.getByRole('dialog', { name: 'Import a file' });
      await dialog.getByLabel('File').setInputFiles({ name: file, mimeType: 'application/octet-stream', buffer });
      if (refused) {
        await expect(dialog.getByText(REFUSALS[refused])).toBeVisible();
        await expect(dialog.getByRole('checkbox')).toHaveCount(0);
        return;
      }
      const count = collections.length;
      await dialog.getByRole('button', { name: count === 1 ? 'Import 1 collection' : `Import ${count} collections` }).click();
      await expect(dialog).toBeHidden();
      for (const { name, members } of collections) {
        await site.link(name ?? file.replace(/\.[^.]*$/, '')).click();
        for (const member of members) await expect(page.getByRole('table').getByText(member.split(':')[0], { exact: true })).toBeVisible();
        await expect(page.getByRole('table').getByRole('row')).toHaveCount(members.length + 1);
        await site.toCollections();
      }
    });
  }

  if (as !== 'import') {
    test(`${file} is pasted`, async ({ site, page }) => {
      const field = await openTarget(site, page);
      await paste(field, { text: buffer.toString('utf8') });
      const members = collections.flatMap((one) => one.members);
      if (members.length > 0) return expectAdded(site, page, members);
      await expect(page.getByText('copy the links of the traits')).toBeVisible();
      await expect(page.locator('.add-traits [type=submit]')).toHaveAttribute('aria-disabled', 'true');
    });
  }
}

test('a table copied from GeneNetwork is read by its links', async ({ site, page }) => {
  const field = await openTarget(site, page);
  const html = '<table><tr><td><a href="/show_trait?trait_id=10710&amp;dataset=BXDPublish">10710</a></td></tr></table>';
  await paste(field, { text: '1\tBXD Phenotypes\t10710', html });
  await expectAdded(site, page, ['10710:BXDPublish']);
});
