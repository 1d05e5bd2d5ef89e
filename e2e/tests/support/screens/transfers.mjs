// The review and the result of transfers.

import { expect } from '@playwright/test';
import { addLongNames } from '../long-names.mjs';
import { COLLECTIONS } from './collections.mjs';
import { NEWCOMER, RETURNER, openMigrationResult, openMigrationReview, openWithCollections } from './setup.mjs';

export const TRANSFERS = {
  'review-migration': { route: 'Migrate', open: openMigrationReview },
  'review-long': {
    route: 'Migrate',
    open: async (fixtures) => {
      const { site, page } = fixtures;
      await addLongNames(fixtures, RETURNER);
      await site.openSignedIn(RETURNER);
      await site.button('Migrate data').click();
      const choice = page.getByLabel(/^What to do with Llan/).first();
      await choice.selectOption('Merge into yours');
      await expect(page.getByText('1 trait is added to')).toBeVisible();
    },
  },
  'result-migration': { route: 'Migrate', open: openMigrationResult },
  'result-long': {
    route: 'Migrate',
    open: async (fixtures) => {
      const { site, page } = fixtures;
      await TRANSFERS['review-long'].open(fixtures);
      await site.button(/^Migrate \d collections$/).click();
      await expect(site.heading(/^\d collections moved into your account$/)).toBeVisible();
      await expect(page.getByRole('list').getByText('Llan').first()).toBeVisible();
    },
  },
  'result-undone': {
    route: 'Migrate',
    open: async (fixtures) => {
      await openMigrationResult(fixtures);
      await fixtures.site.button('Undo migration').click();
      await expect(fixtures.site.heading('Transfer of 5 collections undone')).toBeVisible();
    },
  },
  'review-copied-before': {
    route: 'Migrate',
    open: async ({ site, page }) => {
      await site.openSignedIn('researcher01@epfl.example');
      await site.button('Migrate data').click();
      await expect(page.getByRole('heading', { name: 'Copied before (1)' })).toBeVisible();
    },
  },
  'review-nothing': {
    route: 'Migrate',
    open: async ({ site, page }) => {
      await site.open('/migrate');
      await site.signIn(NEWCOMER);
      await expect(page.getByRole('main').getByRole('link', { name: 'Back to collections' })).toBeVisible();
    },
  },
  'review-import': {
    route: 'Import',
    open: async (fixtures) => {
      const { site } = fixtures;
      await openWithCollections(fixtures);
      await site.signIn(NEWCOMER);
      await site.button('Import existing collections').click();
      await expect(site.button('Import 2 collections')).toBeEnabled();
    },
  },
  'review-session': {
    route: 'ImportSession',
    open: async (fixtures) => {
      const { site } = fixtures;
      await COLLECTIONS['offer-session'].open(fixtures);
      await site.button('Import existing collections').click();
      await expect(site.button('Import 2 collections')).toBeEnabled();
    },
  },
};
