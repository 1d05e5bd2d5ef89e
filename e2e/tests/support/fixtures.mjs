// What every test starts from: a running demo, the sample data in Redis, and a browser that knows nobody.

import { test as base, expect } from '@playwright/test';
import { ConsoleGuard } from './console-guard.mjs';
import { fill } from './content.mjs';
import { Demo } from './demo.mjs';
import { SecretsGuard } from './secrets-guard.mjs';
import { Site } from './site.mjs';
import { slowDown } from './slow.mjs';

export { expect };

export const test = base.extend({
  /// The auth server of the demo; a file of tests changes it by `test.use({ auth: 'gn-auth' })`.
  auth: ['identity-provider', { option: true, scope: 'worker' }],

  /// Variables for the server of the demo, as `{ GNC_RATE_LIMIT: '30' }`.
  variables: [{}, { option: true, scope: 'worker' }],

  demo: [
    async ({ auth, variables }, use) => {
      const demo = await Demo.start(auth, variables);
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

  /// A client of Redis, which holds exactly the sample data.
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

  /// What secrets were used, and that none of them lies about.
  secrets: [
    async ({ context, demo }, use) => {
      const secrets = await SecretsGuard.watch(context, demo);
      await use(secrets);
      expect(await secrets.complaints()).toEqual([]);
    },
    { auto: true },
  ],

  /// The site as its visitors use it.
  site: async ({ page, demo }, use) => use(new Site(page, demo)),
});
