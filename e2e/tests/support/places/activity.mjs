// Past transfers.

import { expect } from '@playwright/test';
import { NEWCOMER, RETURNER, UNAVAILABLE, resultMigration } from './ways.mjs';

export const ACTIVITY = {
  activity: {
    route: 'Activity',
    arrive: async (fixtures) => {
      const { site, page } = fixtures;
      await resultMigration(fixtures);
      await site.toActivity();
      await expect(page.getByRole('heading', { name: 'Migration from your earlier account' })).toBeVisible();
      await page.getByText('Every collection in detail').click();
    },
  },
  'activity-empty': {
    route: 'Activity',
    arrive: async ({ site, page }) => {
      await site.openSignedIn(NEWCOMER);
      await site.toActivity();
      await expect(page.getByText('Nothing has been brought into your account yet.')).toBeVisible();
    },
  },
  'activity-loading': {
    route: 'Activity',
    loading: true,
    arrive: async ({ site, page }) => {
      await site.openSignedIn(RETURNER);
      await page.route('**/api/v1/receipts', () => {});
      await site.toActivity();
      await expect(page.getByRole('main').getByText('Loading…')).toBeVisible();
    },
  },
  'sign-in-first': {
    route: 'Activity',
    arrive: async ({ site, page }) => {
      await site.open('/activity');
      await expect(page.getByRole('main').getByRole('button', { name: 'Sign in' })).toBeVisible();
    },
  },
  'store-unavailable': {
    route: 'Activity',
    arrive: async ({ site, page, guard }) => {
      guard.allow(/status of 503/);
      await site.openSignedIn(RETURNER);
      await page.route('**/api/v1/receipts', (route) => route.fulfill(UNAVAILABLE));
      await site.toActivity();
      await expect(page.getByRole('heading', { name: 'The collections of your account cannot be reached right now' })).toBeVisible();
    },
  },
  'sign-in-expired': {
    route: 'Activity',
    arrive: async ({ site, page, guard, demo }) => {
      guard.allow(/status of (400|401)/);
      await site.openSignedIn(RETURNER);
      await page.route('**/api/v1/receipts', (route) => route.fulfill({ status: 401, contentType: 'application/problem+json', json: { ...UNAVAILABLE.json, type: '/problems/unauthenticated', status: 401 } }));
      await page.route(demo.record.token_url, (route) => route.fulfill({ status: 400, headers: { 'access-control-allow-origin': '*' }, json: { error: 'invalid_grant' } }));
      await site.toActivity();
      await expect(page.getByRole('heading', { name: 'Your sign-in has expired' })).toBeVisible();
    },
  },
};
