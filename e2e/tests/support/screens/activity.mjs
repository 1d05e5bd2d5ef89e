// The page of past transfers.

import { expect } from '@playwright/test';
import { NEWCOMER, RETURNER, UNAVAILABLE, openMigrationResult } from './setup.mjs';

export const ACTIVITY = {
  activity: {
    route: 'Activity',
    open: async (fixtures) => {
      const { site, page } = fixtures;
      await openMigrationResult(fixtures);
      await site.toActivity();
      await expect(page.getByRole('heading', { name: 'Migration from your earlier account' })).toBeVisible();
      await page.getByText('Show all collections').click();
    },
  },
  'activity-empty': {
    route: 'Activity',
    open: async ({ site, page }) => {
      await site.openSignedIn(NEWCOMER);
      await site.toActivity();
      await expect(page.getByText('No activity yet.')).toBeVisible();
    },
  },
  'activity-loading': {
    route: 'Activity',
    loading: true,
    open: async ({ site, page }) => {
      await site.openSignedIn(RETURNER);
      await page.route('**/api/v1/receipts', () => {});
      await site.toActivity();
      await expect(page.getByRole('main').getByText('Loading…')).toBeVisible();
    },
  },
  'sign-in-first': {
    route: 'Activity',
    open: async ({ site, page }) => {
      await site.open('/activity');
      await expect(page.getByRole('main').getByRole('button', { name: 'Sign in' })).toBeVisible();
    },
  },
  'store-unavailable': {
    route: 'Activity',
    open: async ({ site, page, guard }) => {
      guard.allow(/status of 503/);
      await site.openSignedIn(RETURNER);
      await page.route('**/api/v1/receipts', (route) => route.fulfill(UNAVAILABLE));
      await site.toActivity();
      await expect(page.getByRole('heading', { name: 'The collections of your account cannot be reached right now' })).toBeVisible();
    },
  },
  'sign-in-expired': {
    route: 'Activity',
    open: async ({ site, page, guard, demo }) => {
      guard.allow(/status of (400|401)/);
      await site.openSignedIn(RETURNER);
      await page.route('**/api/v1/receipts', (route) => route.fulfill({ status: 401, contentType: 'application/problem+json', json: { ...UNAVAILABLE.json, type: '/problems/unauthenticated', status: 401 } }));
      await page.route(demo.record.token_url, (route) => route.fulfill({ status: 400, headers: { 'access-control-allow-origin': '*' }, json: { error: 'invalid_grant' } }));
      await site.toActivity();
      await expect(page.getByRole('heading', { name: 'Your sign-in has expired' })).toBeVisible();
    },
  },
};
