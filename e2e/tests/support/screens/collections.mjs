// The list of collections, the offers above it, and its errors.

import { expect } from '@playwright/test';
import { LONG_NAME } from '../long-names.mjs';
import { COOKIES, NEWCOMER, openWithCollections } from './setup.mjs';

export const COLLECTIONS = {
  'collections-empty': {
    route: 'Collections',
    open: async ({ site, page }) => {
      await site.open();
      await expect(page.getByText('No collections yet')).toBeVisible();
    },
  },
  'collections-anonymous': { route: 'Collections', open: openWithCollections },
  'collections-many': {
    route: 'Collections',
    open: async ({ site, page }) => {
      await site.open();
      for (const name of ['Eye', 'Liver, BXD', 'Brain', 'Heart', 'Kidney', LONG_NAME]) await site.create(name, ['1:D']);
      await site.button('Delete Kidney').click();
      await site.expectToast('Kidney was deleted.');
      await site.create('Lung', ['1:D']);
      await page.getByLabel('Sort by').selectOption('Name');
      await page.getByLabel('Search by name').fill('e');
      await expect(page.getByText(/^\d of 6 collections$/)).toBeVisible();
    },
  },
  'collections-no-match': {
    route: 'Collections',
    open: async (fixtures) => {
      await COLLECTIONS['collections-many'].open(fixtures);
      await fixtures.page.getByLabel('Search by name').fill('zebra');
      await expect(fixtures.page.getByText('No collection matches.')).toBeVisible();
    },
  },
  'collections-deleted': {
    route: 'Collections',
    open: async (fixtures) => {
      const { site } = fixtures;
      await openWithCollections(fixtures);
      await site.button('Delete Liver, BXD').click();
      await site.expectToast('was deleted.');
      await site.openBin();
    },
  },
  'collections-selected': {
    route: 'Collections',
    open: async (fixtures) => {
      const { site, page } = fixtures;
      await openWithCollections(fixtures);
      await site.signIn(NEWCOMER);
      await expect(site.button('Keep here')).toBeVisible();
      await page.getByLabel('Select all shown').check();
      await expect(site.button('Combine 2 collections')).toBeVisible();
    },
  },
  'collections-not-all-deleted': {
    route: 'Collections',
    open: async ({ site, page, guard }) => {
      guard.allow(/status of 500/);
      await site.openSignedIn(NEWCOMER);
      for (const name of ['Liver', 'Brain', 'Eye']) await site.create(name, ['1:D'], { where: 'your account' });
      await site.create('Heart', ['1:D'], { where: 'this browser' });
      await page.route('**/api/v1/collections/batch', (route) => route.fulfill({ status: 500, body: 'out of order' }));
      await page.getByLabel('Select all shown').check();
      await site.button('Delete 4 collections').click();
      await site.expectToast('3 collections were not deleted, and are still selected.');
    },
  },
  'offer-legacy': {
    route: 'Collections',
    open: async ({ site }) => {
      await site.openSignedIn('researcher00@jax.example');
      await expect(site.button('Migrate data')).toBeVisible();
    },
  },
  'offer-local': {
    route: 'Collections',
    open: async (fixtures) => {
      await openWithCollections(fixtures);
      await fixtures.site.signIn(NEWCOMER);
      await expect(fixtures.site.button('Keep here')).toBeVisible();
    },
  },
  'offer-session': {
    route: 'Collections',
    open: async ({ site, demo }) => {
      await site.page.context().addCookies([{ name: 'anon_user_v1', value: COOKIES[0], url: demo.record.url }]);
      await site.openSignedIn(NEWCOMER);
      await expect(site.button('Leave them there')).toBeVisible();
    },
  },
  'storage-refused': {
    route: 'Collections',
    open: async ({ site, page }) => {
      await page.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('a private window', 'SecurityError');
        };
      });
      await site.open();
      await site.button('New collection').click();
      await page.getByLabel('Name').fill('Kept in this page only');
      await site.button('Create').click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  'not-verified': {
    route: 'Collections',
    open: async ({ site, page, guard }) => {
      guard.allow(/status of 403/);
      await site.openSignedIn('researcher03@uthsc.example');
      await expect(page.getByRole('heading', { name: 'Your e-mail address is not verified yet' })).toBeVisible();
    },
  },
  offline: {
    route: 'Collections',
    open: async ({ site, page, guard }) => {
      guard.allow(/Failed to load resource/);
      await page.route('**/api/**', (route) => route.abort('internetdisconnected'));
      await site.open();
      await expect(page.getByRole('heading', { name: 'You are offline, or the server cannot be reached' })).toBeVisible();
    },
  },
};
