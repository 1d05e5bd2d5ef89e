// The page that cannot start says so, whatever the browser reports: WebKit reports nothing when the script that starts the app
// fails, and some browsers have no WebAssembly, as in Lockdown Mode.

import { expect, test } from './support/fixtures.mjs';
import { hold } from './support/hold.mjs';

/// As static/recovery.js has it.
const STARTING_LIMIT = 30_000;

const failed = (site) => site.heading('This page has stopped working');

test('a page that takes long to start offers what works without the app, and starts after all', async ({ site, page }) => {
  await page.clock.install();
  const release = await hold(page, '**/*.wasm');
  await page.goto('/', { waitUntil: 'load' });
  await page.clock.fastForward(STARTING_LIMIT - 1000);
  await expect(failed(site)).toBeHidden();
  await page.clock.fastForward(1000);
  await expect(failed(site)).toBeVisible();
  await expect(site.button('Save this browser’s collections')).toBeVisible();
  release();
  await expect(site.button('New collection')).toBeEnabled();
  await expect(failed(site)).toBeHidden();
});

test('a browser without WebAssembly is told at once', async ({ site, page, guard }) => {
  guard.allow(/WebAssembly/);
  await page.addInitScript(() => {
    delete globalThis.WebAssembly;
  });
  await page.goto('/');
  await expect(failed(site)).toBeVisible();
});

test('a script that cannot be loaded is noticed', async ({ site, page, guard }) => {
  guard.allow(/Failed to load resource|Failed to fetch/);
  await page.route('**/client-*.js', (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto('/');
  await expect(failed(site)).toBeVisible();
});
