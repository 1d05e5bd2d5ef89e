// Every page and dialog in each of its states, and how to reach it.
//
// A screen has the name of its page (`route`, a variant of client/src/route.rs) or of the file of its dialog (`dialog`).
// screens.spec.mjs checks that none is missing. `loading` marks a screen whose content is still loading.

import { expect } from '@playwright/test';
import { ACTIVITY } from './screens/activity.mjs';
import { ADD } from './screens/add.mjs';
import { COLLECTION } from './screens/collection.mjs';
import { COLLECTIONS } from './screens/collections.mjs';
import { DIALOGS } from './screens/dialogs.mjs';
import { OTHERS } from './screens/others.mjs';
import { TRANSFERS } from './screens/transfers.mjs';

/// All screens by name; `open` gets the site and the fixtures of the test.
export const SCREENS = { ...COLLECTIONS, ...DIALOGS, ...COLLECTION, ...TRANSFERS, ...ACTIVITY, ...ADD, ...OTHERS };

/// Declares one test for each screen: `check` opens it with `open`, and checks it.
export function everyScreen(test, title, check) {
  for (const [name, screen] of Object.entries(SCREENS)) {
    test(`${title}: ${name}`, async ({ site, page, guard, redis, demo }) => {
      const open = async () => {
        await screen.open({ site, page, guard, redis, demo });
        if (!screen.loading) await expect(page.locator('main').getByText('Loading…').filter({ visible: true })).toHaveCount(0);
      };
      await check({ name, page, open });
    });
  }
}
