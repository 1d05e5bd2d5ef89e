// The page for traits that another page has submitted.

import { expect } from '@playwright/test';
import { LONG_NAME } from '../long-names.mjs';
import { NEWCOMER, openWithCollections } from './setup.mjs';

const MANY = Array.from({ length: 200 }, (_, n) => `${1435464 + n}_at:HC_M2_0606_P`);

const openWith = ({ site }, traits) => site.open(`/add?traits=${encodeURIComponent(traits.join(','))}`);

export const ADD = {
  'add-signed-out': {
    route: 'Add',
    open: async (fixtures) => {
      await openWithCollections(fixtures);
      await openWith(fixtures, [...MANY, MANY[0], `${LONG_NAME}:BXDPublish`, 'PC1', `p${LONG_NAME.replaceAll(' ', '_')}:Temp:x`]);
      await fixtures.page.getByRole('main').getByRole('button', { name: 'Add 201 traits' }).click();
      await expect(fixtures.page.getByText('Please give the collection a name.')).toBeVisible();
    },
  },
  'add-signed-in': {
    route: 'Add',
    open: async (fixtures) => {
      await openWith(fixtures, [`${LONG_NAME}:BXDPublish`, ...MANY.slice(0, 2)].map((name) => name.replaceAll(' ', '_')));
      await fixtures.site.signIn(NEWCOMER);
      await expect(fixtures.page.getByLabel('In your account')).toBeVisible();
    },
  },
  'add-nothing': {
    route: 'Add',
    open: async ({ site }) => {
      await site.open('/add');
      await expect(site.heading('Add traits from GeneNetwork')).toBeVisible();
    },
  },
  'add-nothing-valid': {
    route: 'Add',
    open: async (fixtures) => {
      await openWith(fixtures, ['PC1', 'a b:D']);
      await expect(fixtures.page.getByText('2 left out')).toBeVisible();
    },
  },
  'add-done': {
    route: 'Add',
    open: async (fixtures) => {
      const { page } = fixtures;
      await openWith(fixtures, MANY);
      await page.getByLabel('Name').fill(LONG_NAME);
      await page.getByRole('main').getByRole('button', { name: 'Add 200 traits' }).click();
      await expect(page.getByRole('heading', { level: 1, name: 'Traits added' })).toBeVisible();
    },
  },
};
