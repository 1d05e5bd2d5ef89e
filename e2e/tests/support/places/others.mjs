// The sign-in, and pages that are none.

import { expect } from '@playwright/test';

export const OTHERS = {
  'callback-refused': {
    route: 'Callback',
    arrive: async ({ site }) => {
      await site.open('/callback?error=access_denied&state=unknown');
      await expect(site.heading('You are not signed in')).toBeVisible();
    },
  },
  'second-window': {
    route: 'SignIn',
    arrive: async ({ site, page }) => {
      await site.open();
      await page.goto('/sign-in');
      await expect(site.heading('Sign in')).toBeVisible();
      await expect(page.getByRole('main').getByRole('button', { name: 'Sign in' })).toBeVisible();
    },
  },
  'not-found': {
    route: 'NotFound',
    arrive: async ({ site }) => {
      await site.open('/no/such/page');
      await expect(site.heading('There is no such page')).toBeVisible();
    },
  },
  'stopped-working': {
    arrive: async ({ site, page, guard }) => {
      guard.allow(/Failed to load resource|Failed to fetch/);
      await page.route('**/*.wasm', (route) => route.abort());
      await page.goto('/');
      await expect(site.heading('This page has stopped working')).toBeVisible();
    },
  },
  starting: {
    loading: true,
    arrive: async ({ site, page }) => {
      await page.route('**/*.wasm', () => {});
      await page.goto('/', { waitUntil: 'commit' });
      await expect(site.page.getByText('Loading…')).toBeVisible();
    },
  },
};
