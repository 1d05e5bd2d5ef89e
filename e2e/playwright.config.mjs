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
  // The main job with each kind of auth server and in each mode; the rest of the tests with the standard server.
  projects: [
    { name: 'standard', testIgnore: ['**/firefox/**', '**/mediated/**', '**/sign-in/**', 'token-refused.spec.mjs'], use: { auth: 'identity-provider' } },
    {
      // Most of what can go wrong at the sign-in happens in the page itself, if it is the client.
      name: 'direct',
      testMatch: ['legacy-accounts.spec.mjs', 'sign-in/*.spec.mjs'],
      // The page keeps no session in this mode.
      testIgnore: 'sign-in/session-end.spec.mjs',
      use: { auth: 'identity-provider', mode: 'direct' },
    },
    {
      name: 'standard-session',
      testMatch: ['reload', 'session-end', 'return-path', 'tabs'].map((name) => `sign-in/${name}.spec.mjs`),
      grepInvert: /@direct/,
      use: { auth: 'identity-provider' },
    },
    {
      name: 'mediated',
      testMatch: [
        'legacy-accounts.spec.mjs', 'anonymous.spec.mjs', 'idempotency.spec.mjs', 'mediated/*.spec.mjs',
        ...['reload', 'session-end', 'clock', 'expired-during-edit', 'rate-limit', 'repeated-callback', 'secrets-guard'].map((name) => `sign-in/${name}.spec.mjs`),
      ],
      // What gn-auth has not: people without a verified address, refresh tokens, an end of its session.
      grepInvert: /@direct/,
      use: { auth: 'gn-auth' },
    },
    {
      name: 'gn-auth-2024',
      testMatch: ['mediated/main-job.spec.mjs', 'sign-in/session-end.spec.mjs', 'sign-in/reload.spec.mjs'],
      grepInvert: /@direct/,
      use: { auth: 'gn-auth', gnAuthRelease: '2024' },
    },
    { name: 'gn-auth-2025', testMatch: 'token-refused.spec.mjs', use: { auth: 'gn-auth', gnAuthRelease: '2025' } },
    {
      // What Chromium cannot show. Playwright drives the Firefox of the system, over WebDriver BiDi.
      name: 'firefox',
      testMatch: 'firefox/*.spec.mjs',
      use: {
        auth: 'identity-provider',
        browserName: 'firefox',
        channel: 'moz-firefox',
        launchOptions: { executablePath: process.env.GNC_E2E_FIREFOX ?? '/usr/bin/firefox-esr' },
      },
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
