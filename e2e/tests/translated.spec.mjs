// The page stays correct while the browser translates it, and names stay as they are.

import { list } from './support/content.mjs';
import { expect, test } from './support/fixtures.mjs';
import { installTranslator } from './support/translator.mjs';

const EMAIL = 'researcher00@jax.example';

test('a translated review shows the new counts, and what it shows happens', async ({ site, redis, page, demo }) => {
  await page.addInitScript(installTranslator, { mark: '·' });
  await site.openSignedIn(EMAIL);
  await site.button('Migrate data').click();
  await expect(site.button('Migrate 13 collections')).toBeEnabled();
  await page.evaluate(() => window.translate());
  await expect(site.button('·Migrate 13 collections·')).toBeVisible();
  await expect(site.heading('·Your earlier collections·')).toBeVisible();

  await page.getByLabel('What to do with My traits').first().selectOption('·Do not move·');
  await expect(site.button('Migrate 12 collections')).toBeVisible();
  const counts = await page.locator('.summary__counts li').allTextContents();
  const moving = counts.map((text) => /^(\d+) move/.exec(text.replaceAll('·', ''))).filter(Boolean).map(([, number]) => Number(number));
  expect(moving.reduce((sum, number) => sum + number, 0), counts.join()).toBe(12);
  await page.evaluate(() => window.translate());
  await site.button('·Migrate 12 collections·').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('12 collections moved into your account');
  expect(await list(redis, 'collections2', demo.person(EMAIL).user_id)).toHaveLength(12);
});

test('the main job works while a translator goes on translating', async ({ site, redis, page, demo }) => {
  await page.addInitScript(installTranslator, { goesOn: true, mark: '' });
  await site.open();
  await site.create('Made before', ['1:BXDPublish', '2:BXDPublish']);
  await site.link('Made before').click();
  await expect(site.heading('Made before')).toBeVisible();
  await expect(page.locator('main button font').first(), 'the translator is at work').toBeAttached();
  await expect(page.locator('#app h1 font, .members__row bdi font'), 'names and traits are not translated').toHaveCount(0);
  await page.getByLabel('Select 1:BXDPublish').check();
  await expect(page.getByText('1 trait selected')).toBeVisible();
  await page.getByLabel('Select 2:BXDPublish').check();
  await expect(page.getByText('2 traits selected')).toBeVisible();
  await expect(page.getByText('1 trait selected')).toHaveCount(0);
  await page.getByRole('button', { name: 'Remove 1:BXDPublish' }).click();
  await site.expectToast('1:BXDPublish was removed.');
  await site.toCollections();
  await expect(site.row('Made before')).toContainText('1 trait');
  await expect(site.row('Made before')).not.toContainText('2 traits');

  await site.signIn(EMAIL);
  await site.link('Import from this browser').click();
  await site.button('Import 1 collection').click();
  await expect(site.heading('1 collection imported into your account')).toBeVisible();
  await site.toCollections();
  await site.button('Migrate data').click();
  await page.getByLabel('What to do with My traits').first().selectOption('Do not move');
  await site.button('Migrate 12 collections').click();
  await expect(site.heading('12 collections moved into your account')).toBeVisible();
  expect(await list(redis, 'collections2', demo.person(EMAIL).user_id)).toHaveLength(13);
  await site.button('Undo migration').click();
  await expect(site.heading('Transfer of 12 collections undone')).toBeVisible();
  expect(await list(redis, 'collections2', demo.person(EMAIL).user_id)).toHaveLength(1);
  await site.signOut();
});
