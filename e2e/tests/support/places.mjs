// Every page and dialog there is, each in the states that it can be seen in, and how one gets there.
//
// A place names the page (`route`, as client/src/route.rs calls it) or the dialog (`dialog`, the file that draws it) that
// it shows; places.spec.mjs looks that none is missing. Where something is still being loaded, `loading` says that this is
// what is to be seen.

import { expect } from '@playwright/test';
import { ACTIVITY } from './places/activity.mjs';
import { COLLECTION } from './places/collection.mjs';
import { COLLECTIONS } from './places/collections.mjs';
import { DIALOGS } from './places/dialogs.mjs';
import { OTHERS } from './places/others.mjs';
import { TRANSFERS } from './places/transfers.mjs';

/// `arrive` gets the site and the fixtures of the test.
export const PLACES = { ...COLLECTIONS, ...DIALOGS, ...COLLECTION, ...TRANSFERS, ...ACTIVITY, ...OTHERS };

/// One test for each place: `check` gets there by `arrive`, and looks at it.
export function everyPlace(test, title, check) {
  for (const [name, place] of Object.entries(PLACES)) {
    test(`${title}: ${name}`, async ({ site, page, guard, redis, demo }) => {
      const arrive = async () => {
        await place.arrive({ site, page, guard, redis, demo });
        if (!place.loading) await expect(page.locator('main').getByText('Loading…').filter({ visible: true })).toHaveCount(0);
      };
      await check({ name, page, arrive });
    });
  }
}
