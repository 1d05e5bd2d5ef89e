// Answers of the API during an outage.

import { expect } from '@playwright/test';

/// Waits for an error of the API, and checks its text and duration.
export async function refusal(page, path, slug) {
  const response = await page.waitForResponse((answer) => answer.url().endsWith(path) && answer.status() === 503);
  expect(response.headers()['content-type']).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({ type: `/problems/${slug}`, status: 503 });
  await response.finished();
  expect(response.request().timing().responseEnd, 'milliseconds').toBeLessThan(3000);
}
