// People, data and steps that several screens share.

import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { LONG_NAME } from '../long-names.mjs';

export const NEWCOMER = 'newcomer@uon.example';
export const RETURNER = 'researcher09@uon.example';

export const { anonymous_cookies: COOKIES } = JSON.parse(readFileSync(new URL('../../../data/anonymous.json', import.meta.url), 'utf8'));

/// The response of the server when it cannot reach Redis.
export const UNAVAILABLE = {
  status: 503,
  contentType: 'application/problem+json',
  json: { type: '/problems/store-unavailable', title: 'x', status: 503, detail: 'x', request_id: 'x' },
};

export async function openWithCollections({ site }) {
  await site.open();
  await site.create('Liver, BXD', ['1435464_at:HC_M2_0606_P', '10710:BXDPublish', '1427571_at:HC_M2_0606_P']);
  await site.create(LONG_NAME, [`${LONG_NAME}:BXDPublish`]);
}

/// Opens a collection of this browser from the list.
export async function openLocalCollection(fixtures, name) {
  const { site } = fixtures;
  await openWithCollections(fixtures);
  await site.link(name).click();
  await expect(site.heading(name)).toBeVisible();
}

export async function openMigrationReview({ site }) {
  await site.openSignedIn(RETURNER);
  await site.button('Migrate data').click();
  await expect(site.button('Migrate 5 collections')).toBeEnabled();
}

export async function openMigrationResult(fixtures) {
  const { site } = fixtures;
  await openMigrationReview(fixtures);
  await site.button('Migrate 5 collections').click();
  await expect(site.heading('5 collections moved into your account')).toBeVisible();
}
