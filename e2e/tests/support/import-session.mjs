// Imports the collections of GN2's anonymous session as people do: offer, review, click.

import { expect } from '@playwright/test';
import { snapshot } from './content.mjs';

/// Imports the two collections of this offer. Nothing may move before the click.
export async function importSession(site, redis, offer) {
  const before = await snapshot(redis);
  await site.offer(offer).getByRole('button', { name: 'Import existing collections' }).click();
  await expect(site.heading('Collections made on GeneNetwork without signing in')).toBeVisible();
  await expect(site.button('Import 2 collections')).toBeEnabled();
  expect(await snapshot(redis), 'nothing moves before the click').toEqual(before);
  await site.button('Import 2 collections').click();
  await expect(site.heading('2 collections imported into your account')).toBeVisible();
}
