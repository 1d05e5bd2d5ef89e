// Transfers: their review and their result.

import { expect } from '@playwright/test';
import { prolong } from '../long-names.mjs';
import { COLLECTIONS } from './collections.mjs';
import { NEWCOMER, RETURNER, resultMigration, reviewMigration, withOwn } from './ways.mjs';

export const TRANSFERS = {
  'review-migration': { route: 'Migrate', arrive: reviewMigration },
  'review-long': {
    route: 'Migrate',
    arrive: async (fixtures) => {
      const { site, page } = fixtures;
      await prolong(fixtures, RETURNER);
      await site.openSignedIn(RETURNER);
      await site.button('Migrate data').click();
      const choice = page.getByLabel(/^What to do with Llan/).first();
      await choice.selectOption('Merge into yours');
      await expect(page.getByText('1 trait is added to')).toBeVisible();
    },
  },
  'result-migration': { route: 'Migrate', arrive: resultMigration },
  'result-long': {
    route: 'Migrate',
    arrive: async (fixtures) => {
      const { site, page } = fixtures;
      await TRANSFERS['review-long'].arrive(fixtures);
      await site.button(/^Migrate \d collections$/).click();
      await expect(site.heading(/^\d collections moved into your account$/)).toBeVisible();
      await expect(page.getByRole('list').getByText('Llan').first()).toBeVisible();
    },
  },
  'result-undone': {
    route: 'Migrate',
    arrive: async (fixtures) => {
      await resultMigration(fixtures);
      await fixtures.site.button('Undo').click();
      await expect(fixtures.site.heading('5 collections taken back')).toBeVisible();
    },
  },
  'review-copied-before': {
    route: 'Migrate',
    arrive: async ({ site, page }) => {
      await site.openSignedIn('researcher01@epfl.example');
      await site.link('Look at them').click();
      await expect(page.getByRole('heading', { name: 'Copied before (2)' })).toBeVisible();
    },
  },
  'review-nothing': {
    route: 'Migrate',
    arrive: async ({ site, page }) => {
      await site.open('/migrate');
      await site.signIn(NEWCOMER);
      await expect(page.getByRole('main').getByRole('link', { name: 'Back to collections' })).toBeVisible();
    },
  },
  'review-import': {
    route: 'Import',
    arrive: async (fixtures) => {
      const { site } = fixtures;
      await withOwn(fixtures);
      await site.signIn(NEWCOMER);
      await site.button('Import existing collections').click();
      await expect(site.button('Import 2 collections')).toBeEnabled();
    },
  },
  'review-session': {
    route: 'ImportSession',
    arrive: async (fixtures) => {
      const { site } = fixtures;
      await COLLECTIONS['offer-session'].arrive(fixtures);
      await site.button('Import existing collections').click();
      await expect(site.button('Import 2 collections')).toBeEnabled();
    },
  },
};
