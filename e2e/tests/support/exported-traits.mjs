// The file of GN2's format that a page exports.

import { expect } from '@playwright/test';
import { readFile } from 'node:fs/promises';

/// Exports the open collection for GN2, and returns the rows with its traits.
export async function exportedTraits(site) {
  const { page } = site;
  await site.button('Export').click();
  const [download] = await Promise.all([page.waitForEvent('download'), site.button('Download').click()]);
  await expect(page.getByText('Downloaded')).toBeVisible();
  const content = await readFile(await download.path(), 'utf8');
  await site.button('Close').click();
  return content.split('\r\n').filter((row) => row && !row.startsWith('#'));
}
