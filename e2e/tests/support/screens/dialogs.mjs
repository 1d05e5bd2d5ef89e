// The dialogs over the list or a collection.

import { expect } from '@playwright/test';
import { LONG_NAME } from '../long-names.mjs';
import { NEWCOMER, openLocalCollection, openWithCollections } from './setup.mjs';

async function openCopyDialog(fixtures) {
  const { site, page } = fixtures;
  await openLocalCollection(fixtures, 'Liver, BXD');
  await page.getByLabel('Select all shown').check();
  await site.button('Copy to a collection…').click();
}

export const DIALOGS = {
  'new-collection': {
    route: 'Collections',
    dialog: 'new_collection_dialog.rs',
    open: async ({ site, page }) => {
      await site.open();
      await site.button('New collection').click();
      await page.getByLabel('Traits (optional)').fill(`10710:BXDPublish\nnonsense\n${LONG_NAME}`);
      await expect(page.getByText('1 trait will be added · 2 left out')).toBeVisible();
      await site.button('Create').click();
      await expect(page.getByText('Please give the collection a name.')).toBeVisible();
    },
  },
  'new-collection-signed-in': {
    route: 'Collections',
    dialog: 'new_collection_dialog.rs',
    open: async ({ site, page }) => {
      await site.openSignedIn(NEWCOMER);
      await site.button('New collection').click();
      await expect(page.getByLabel('In your account')).toBeVisible();
    },
  },
  claim: {
    route: 'Collections',
    dialog: 'claim_dialog.rs',
    open: async ({ site, page, guard }) => {
      guard.allow(/status of 403/);
      await site.openSignedIn(NEWCOMER);
      await site.button('My old account used another address').click();
      await page.getByLabel('Old e-mail address').fill('nobody@example.org');
      await page.getByLabel('Old password').fill('unknown');
      await site.button('Find my collections').click();
      await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
    },
  },
  'delete-many': {
    route: 'Collections',
    dialog: 'selection_actions.rs',
    open: async ({ site, page }) => {
      await site.open();
      for (let n = 1; n <= 11; n += 1) await site.create(`C${n}`, ['1:D']);
      await page.getByLabel('Select all shown').check();
      await site.button('Delete 11 collections').click();
      await expect(page.getByRole('dialog', { name: 'Delete 11 collections?' })).toBeVisible();
    },
  },
  export: {
    route: 'LocalCollection',
    dialog: 'export_dialog.rs',
    open: async (fixtures) => {
      const { site } = fixtures;
      await openLocalCollection(fixtures, 'Liver, BXD');
      await site.button('Export').click();
      await site.button('Download').click();
      await expect(site.page.getByRole('dialog').getByRole('status')).toContainText('Liver');
    },
  },
  'export-several': {
    route: 'Collections',
    dialog: 'export_dialog.rs',
    open: async (fixtures) => {
      await openWithCollections(fixtures);
      await fixtures.site.button('Export').click();
      await expect(fixtures.site.button('Download')).toBeEnabled();
    },
  },
  'import-file': {
    route: 'Collections',
    dialog: 'import_dialog.rs',
    open: async ({ site, page }) => {
      await site.open();
      await site.button('Import a file').click();
      const content = `# Collection Name: ${LONG_NAME}\r\n1:D\r\nfoo\r\n# Collection Name: Brain\r\n2:D\r\n`;
      await page.getByRole('dialog').getByLabel('File').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
      await expect(site.button('Import 2 collections')).toBeEnabled();
    },
  },
  'combine-two': {
    route: 'Collections',
    dialog: 'set_operations_dialog.rs',
    open: async (fixtures) => {
      const { site, page } = fixtures;
      await openWithCollections(fixtures);
      await site.button('Compare and combine').click();
      await expect(page.getByRole('img')).toBeVisible();
      await page.getByText('These counts as a table').click();
    },
  },
  'combine-four': {
    route: 'Collections',
    dialog: 'set_operations_dialog.rs',
    open: async ({ site, page }) => {
      await site.open();
      for (const [n, name] of ['Liver', 'Brain', 'Kidney', 'Heart'].entries()) await site.create(name, ['0:D', `${n}:D`, `${n + 1}:D`]);
      await site.button('Compare and combine').click();
      await expect(page.getByText('Choose two or more collections.')).toBeVisible();
      for (const box of await page.getByRole('dialog').getByRole('checkbox').all()) await box.check();
      await expect(page.getByRole('img')).toBeVisible();
    },
  },
  'copy-traits': {
    route: 'LocalCollection',
    dialog: 'copy_traits_dialog.rs',
    open: async (fixtures) => {
      const { page } = fixtures;
      await openCopyDialog(fixtures);
      await page.getByRole('dialog').getByRole('button', { name: 'Copy', exact: true }).click();
      await expect(page.getByText('Please give the collection a name.')).toBeVisible();
    },
  },
  'copy-target-gone': {
    route: 'LocalCollection',
    dialog: 'copy_traits_dialog.rs',
    open: async (fixtures) => {
      const { site, page } = fixtures;
      await openCopyDialog(fixtures);
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Copy to').selectOption({ index: 1 });
      const other = await site.anotherTab();
      await other.open();
      await other.row(LONG_NAME).getByRole('button').click();
      await expect(dialog.getByRole('alert')).toContainText('was deleted');
      await other.page.close();
    },
  },
  'dialog-not-loaded': {
    route: 'Collections',
    dialog: 'lazy.rs',
    open: async ({ site, page, guard }) => {
      guard.allow(/Failed to load resource|Failed to fetch/);
      await page.route('**/client-bulk_actions-*.wasm', (route) => route.abort());
      await site.open();
      await site.button('Import a file').click();
      await expect(site.button('Try again')).toBeVisible();
    },
  },
};
