// One collection, of the browser or of the account.

import { expect } from '@playwright/test';
import { LONG_NAME } from '../long-names.mjs';
import { RETURNER, openLocalCollection, openWithCollections } from './setup.mjs';

export const COLLECTION = {
  'local-collection': {
    route: 'LocalCollection',
    open: (fixtures) => openLocalCollection(fixtures, 'Liver, BXD'),
  },
  'local-collection-long': {
    route: 'LocalCollection',
    open: async (fixtures) => {
      const { page } = fixtures;
      await openLocalCollection(fixtures, LONG_NAME);
      await page.getByLabel('Traits to add').fill(`2:D 3:D ${LONG_NAME}`);
      await expect(page.getByText('2 traits will be added · 1 left out')).toBeVisible();
    },
  },
  'local-collection-large': {
    route: 'LocalCollection',
    open: async ({ site }) => {
      await site.open();
      await site.create('Large', Array.from({ length: 250 }, (_, n) => `${1_435_464 + n}_at:HC_M2_0606_P`));
      await site.link('Large').click();
      await expect(site.heading('Large')).toBeVisible();
      await expect(site.page.getByRole('grid', { name: 'Traits' })).toBeVisible();
    },
  },
  'local-collection-selected': {
    route: 'LocalCollection',
    open: async (fixtures) => {
      const { site, page } = fixtures;
      await COLLECTION['local-collection-large'].open(fixtures);
      await page.getByLabel('Select 1435465_at:HC_M2_0606_P', { exact: true }).check();
      await expect(site.button('Copy to a collection…')).toBeVisible();
    },
  },
  'local-collection-in-pages': {
    route: 'LocalCollection',
    open: async (fixtures) => {
      const { site, page } = fixtures;
      await COLLECTION['local-collection-large'].open(fixtures);
      await site.button('Show in pages').click();
      await expect(page.getByRole('table', { name: 'Traits' })).toBeVisible();
    },
  },
  'local-collection-bare': {
    route: 'LocalCollection',
    open: async ({ site, page }) => {
      await site.open();
      await site.create('Bare', []);
      await site.link('Bare').click();
      await expect(page.getByText('This collection has no traits yet')).toBeVisible();
    },
  },
  rename: {
    route: 'LocalCollection',
    open: async (fixtures) => {
      const { site, page } = fixtures;
      await openLocalCollection(fixtures, LONG_NAME);
      await site.button('Rename').click();
      await page.getByLabel('Name').fill('');
      await expect(page.getByText('Please give the collection a name.')).toBeVisible();
    },
  },
  history: {
    route: 'LocalCollection',
    open: async (fixtures) => {
      const { site, page } = fixtures;
      await openLocalCollection(fixtures, LONG_NAME);
      await site.button('Rename').click();
      await page.getByLabel('Name').fill(`${LONG_NAME}, all`);
      await site.button('Save').click();
      await page.getByText('History', { exact: true }).click();
      await expect(page.getByRole('list', { name: 'History' })).toContainText('Renamed from');
    },
  },
  'collection-loading': {
    route: 'LocalCollection',
    loading: true,
    open: async (fixtures) => {
      const { site, page } = fixtures;
      await openWithCollections(fixtures);
      await page.route(/\/client-collection-/, () => {});
      await site.link('Liver, BXD').click();
      await expect(site.heading('Loading…')).toBeVisible();
    },
  },
  'collection-missing': {
    route: 'LocalCollection',
    open: async ({ site, page }) => {
      await site.open('/local/no-such-collection');
      await expect(page.getByRole('main').getByRole('link', { name: 'Back to collections' })).toBeVisible();
    },
  },
  'page-not-loaded': {
    route: 'LocalCollection',
    open: async (fixtures) => {
      const { site, page, guard } = fixtures;
      guard.allow(/Failed to load resource|Failed to fetch/);
      await openWithCollections(fixtures);
      await page.route('**/client-collection-*.wasm', (route) => route.abort());
      await site.link('Liver, BXD').click();
      await expect(site.heading('This part of the page could not be loaded')).toBeVisible();
    },
  },
  'account-collection': {
    route: 'AccountCollection',
    open: async ({ site, page }) => {
      await site.openSignedIn(RETURNER);
      await site.link('DA receptors v2').click();
      await expect(site.heading('DA receptors v2')).toBeVisible();
      await expect(page.getByRole('grid', { name: 'Traits' })).toBeVisible();
    },
  },
  'account-collection-stale': {
    route: 'AccountCollection',
    open: async (fixtures) => {
      const { site, page, guard, redis, demo } = fixtures;
      guard.allow(/status of 412/);
      await COLLECTION['account-collection'].open(fixtures);
      const owner = demo.person(RETURNER).user_id;
      const all = JSON.parse(await redis.hGet('collections2', owner));
      const one = all.find(({ name }) => name === 'DA receptors v2');
      one.members.push('theirs:D');
      one.name = LONG_NAME;
      one.num_members += 1;
      await redis.hSet('collections2', owner, JSON.stringify(all));
      await page.getByLabel('Traits to add').fill('8:D');
      await site.button('Add 1 trait').click();
      await expect(page.getByRole('alert')).toContainText('changed elsewhere');
    },
  },
  'account-collection-missing': {
    route: 'AccountCollection',
    open: async ({ site, page, guard }) => {
      guard.allow(/status of 404/);
      await site.open('/collections/0c7b5f0e-2f4e-4b53-9a52-3c1a3b6f2a11');
      await site.signIn(RETURNER);
      await expect(page.getByRole('main').getByRole('link', { name: 'Back to collections' })).toBeVisible();
    },
  },
};
