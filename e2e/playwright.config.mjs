// End-to-end tests: the whole demo in a real browser. `cargo xtask test e2e` builds what they need and starts them.

import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  // Each worker runs a demo of its own, with its own Redis: tests never meet.
  fullyParallel: true,
  workers: 2,
  // A test that passes at the second attempt has found something.
  retries: 0,
  forbidOnly: true,
  // Patience costs nothing where all is well; a machine that builds something else beside needs it.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  // The main job with each kind of auth server; the rest of the tests with the standard one.
  projects: [
    { name: 'direct', testIgnore: '**/mediated/**', use: { auth: 'identity-provider' } },
    {
      name: 'mediated',
      testMatch: [
        'people.spec.mjs', 'anonymous.spec.mjs', 'once.spec.mjs', 'mediated/**',
        ...['again', 'clock', 'edit', 'guard', 'rate-limit'].map((name) => `sign-in/${name}.spec.mjs`),
      ],
      // What gn-auth has not: people without a verified address, refresh tokens, revocation.
      grepInvert: /@direct/,
      use: { auth: 'gn-auth' },
    },
  ],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    // It would hide the network from tests that play it; offline.spec.mjs has it.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: process.env.GNC_E2E_CHROMIUM ?? '/usr/bin/chromium',
      // Chromium refuses to run as root with its sandbox, and containers are small in shared memory.
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-background-networking'],
    },
  },
});
