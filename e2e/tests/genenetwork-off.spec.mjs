// A server without the settings for GeneNetwork: no links, and exports without signatures.

import { exportedTraits } from './support/exported-traits.mjs';
import { expect, test } from './support/fixtures.mjs';

const TRAITS = ['10710:BXDPublish', 'größe:D'];

test.use({ variables: { GNC_HOME_URL: '', GNC_COLLECTION_URL: '', GNC_SESSION_HMAC_SECRET: '' } });

test('there are no links, and exports are not signed', async ({ site, page }) => {
  const asked = [];
  page.on('request', (request) => request.url().includes('signatures') && asked.push(request.url()));
  await site.openSignedIn('newcomer@uon.example');
  await site.create('Mine', TRAITS, { where: 'your account' });
  await site.create('Local', TRAITS, { where: 'this browser' });
  for (const name of ['Mine', 'Local']) {
    await site.link(name).click();
    await expect(site.heading(name)).toBeVisible();
    expect(await exportedTraits(site)).toEqual(TRAITS);
    for (const role of ['link', 'button']) {
      await expect(page.getByRole(role, { name: /^Main site|GeneNetwork$|and open$/ })).toHaveCount(0);
    }
    await site.toCollections();
  }
  expect(asked).toEqual([]);
});
