// The sign-in, and pages for errors and the start.

import { expect } from '@playwright/test';
import { visitAgain } from '../first-visit.mjs';
import { LONG_NAME } from '../long-names.mjs';

export const OTHERS = {
  'callback-refused': {
    route: 'Callback',
    open: async ({ site }) => {
      await site.open('/callback?error=access_denied&state=unknown');
      await expect(site.heading('You are not signed in')).toBeVisible();
    },
  },
  'signed-out-remembered': {
    route: 'Collections',
    open: async ({ site, page }) => {
      await site.open();
      await page.evaluate((name) => localStorage.setItem('gnc:signed-in-as', `${crypto.randomUUID()} ${name}`), LONG_NAME);
      await page.reload();
      await expect(page.getByText('You were signed in as')).toBeVisible();
    },
  },
  'second-window': {
    route: 'SignIn',
    open: async ({ site, page }) => {
      await site.open();
      await page.goto('/sign-in');
      await expect(site.heading('Sign in')).toBeVisible();
      await expect(page.getByRole('main').getByRole('button', { name: 'Sign in' })).toBeVisible();
    },
  },
  'not-found': {
    route: 'NotFound',
    open: async ({ site }) => {
      await site.open('/no/such/page');
      await expect(site.heading('Page not found')).toBeVisible();
    },
  },
  'stopped-working': {
    open: async ({ site, page, guard }) => {
      guard.allow(/Failed to load resource|Failed to fetch/);
      await page.route('**/*.wasm', (route) => route.abort());
      await page.goto('/');
      await expect(site.heading('This page has stopped working')).toBeVisible();
    },
  },
  starting: {
    loading: true,
    open: async ({ site, page }) => {
      await visitAgain(page);
      await page.route('**/*.wasm', () => {});
      await page.goto('/', { waitUntil: 'commit' });
      await expect(site.page.getByText('Loading…')).toBeVisible();
    },
  },
  'starting, first visit': {
    loading: true,
    open: async ({ site, page }) => {
      await page.route('**/*.wasm', () => {});
      await page.goto('/', { waitUntil: 'commit' });
      await expect(site.heading('Collections')).toBeVisible();
    },
  },
};
