// The fixtures of every test: a running demo, the sample data in Redis, and a browser without a session.

import { test as base, expect } from '@playwright/test';
import { ConsoleGuard } from './console-guard.mjs';
import { fill } from './content.mjs';
import { Demo } from './demo.mjs';
import { SecretsGuard } from './secrets-guard.mjs';
import { Site } from './site.mjs';
import { slowDown } from './slow-down.mjs';

export { expect };

export const test = base.extend({
  /// The auth server of the demo; change it with `test.use({ auth: 'gn-auth' })`.
  auth: ['identity-provider', { option: true, scope: 'worker' }],

  /// The release of gn-auth, as `cargo xtask demo --gn-auth-release` names it; without it the default one.
  gnAuthRelease: [undefined, { option: true, scope: 'worker' }],
  /// GNC_OAUTH_MODE, or the default.
  mode: [undefined, { option: true, scope: 'worker' }],

  /// Variables for the server of the demo, as `{ GNC_RATE_LIMIT: '30' }`.
  variables: [{}, { option: true, scope: 'worker' }],

  demo: [
    async ({ auth, gnAuthRelease, mode, variables }, use) => {
      const demo = await Demo.start(auth, variables, { mode, gnAuthRelease });
      await use(demo);
      await demo.stop();
      const leaks = await demo.leaks();
      await demo.remove();
      expect(leaks, 'in the log of the whole run').toEqual([]);
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  baseURL: async ({ demo }, use) => use(demo.record.url),

  context: async ({ context }, use) => {
    await slowDown(context);
    await use(context);
  },

  /// A client of the Redis, which holds exactly the sample data.
  redis: [
    async ({ demo }, use) => {
      await fill(demo.redis.client);
      await use(demo.redis.client);
    },
    { auto: true },
  ],

  guard: [
    async ({ context }, use) => {
      const guard = new ConsoleGuard(context);
      await use(guard);
      expect(guard.complaints()).toEqual([]);
    },
    { auto: true },
  ],

  /// Collects the secrets of a test, and checks that none of them leaks.
  secrets: [
    async ({ context, demo }, use) => {
      const secrets = await SecretsGuard.watch(context, demo);
      await use(secrets);
      expect(await secrets.complaints()).toEqual([]);
    },
    { auto: true },
  ],

  /// The site as visitors use it.
  site: async ({ page, demo }, use) => use(new Site(page, demo)),
});
