// Every page and dialog, on a phone and a desktop, in light and dark: axe finds nothing, nothing is wider than the
// window, and a screenshot is left in target/screenshots for people to look at.

import { AxeBuilder } from '@axe-core/playwright';
import { fileURLToPath } from 'node:url';
import { expect, test } from './support/fixtures.mjs';

const SCREENSHOTS = fileURLToPath(new URL('../../target/screenshots', import.meta.url));

const DEVICES = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
};
/// The narrowest window that must do, which is also 1280 px at 400 % zoom.
const NARROW = { width: 320, height: 640 };

const NEWCOMER = 'newcomer@uon.example';
const RETURNER = 'researcher09@uon.example';

/// What each page is called, and how one gets there.
const PAGES = {
  'collections-empty': (site) => site.open(),
  'collections-anonymous': withOwn,
  'new-collection': async (site) => {
    await site.open();
    await site.button('New collection').click();
    await site.page.getByLabel('Traits (optional)').fill('10710:BXDPublish\nnonsense');
    await expect(site.page.getByText('1 new · 1 left out')).toBeVisible();
  },
  export: async (site) => {
    await withOwn(site);
    await site.link('Liver, BXD').click();
    await site.button('Export').click();
    await expect(site.button('Download')).toBeEnabled();
  },
  'local-collection': async (site) => {
    await withOwn(site);
    await site.link('Liver, BXD').click();
    await expect(site.heading('Liver, BXD')).toBeVisible();
  },
  history: async (site) => {
    await withOwn(site);
    await site.link('Liver, BXD').click();
    await site.button('Rename').click();
    await site.page.getByLabel('Name').fill('Liver, BXD, all');
    await site.button('Save').click();
    await site.page.getByText('History', { exact: true }).click();
    await expect(site.page.getByRole('list', { name: 'History' })).toContainText('Renamed from');
  },
  'offer-legacy': async (site) => {
    await site.openSignedIn('researcher00@jax.example');
    await expect(site.button('Migrate data')).toBeVisible();
  },
  'offer-local': async (site) => {
    await withOwn(site);
    await site.signIn(NEWCOMER);
    await expect(site.button('Keep here')).toBeVisible();
  },
  'storage-refused': async (site) => {
    await site.page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('a private window', 'SecurityError');
      };
    });
    await site.open();
    await site.button('New collection').click();
    await site.page.getByLabel('Name').fill('Kept in this page only');
    await site.button('Create').click();
    await expect(site.page.getByRole('alert')).toBeVisible();
  },
  'review-migration': reviewMigration,
  'result-migration': resultMigration,
  'review-copied-before': async (site) => {
    await site.openSignedIn('researcher01@epfl.example');
    await site.link('Look at them').click();
    await expect(site.page.getByRole('heading', { name: 'Copied before (2)' })).toBeVisible();
  },
  'review-import': async (site) => {
    await withOwn(site);
    await site.signIn(NEWCOMER);
    await site.button('Import existing collections').click();
    await expect(site.button('Import 2 collections')).toBeEnabled();
  },
  'account-collection': async (site) => {
    await site.openSignedIn(RETURNER);
    await site.link('DA receptors v2').click();
    await expect(site.heading('DA receptors v2')).toBeVisible();
    await expect(site.page.getByRole('table')).toBeVisible();
  },
  activity: async (site) => {
    await resultMigration(site);
    await site.toActivity();
    await expect(site.page.getByRole('heading', { name: 'Migration from your earlier account' })).toBeVisible();
    await site.page.getByText('Every collection in detail').click();
  },
  'sign-in-first': (site) => site.open('/activity'),
  'not-verified': async (site, guard) => {
    guard.allow(/status of 403/);
    await site.openSignedIn('researcher03@uthsc.example');
    await expect(site.page.getByRole('heading', { name: 'Your e-mail address is not verified yet' })).toBeVisible();
  },
  'callback-refused': (site) => site.open('/callback?error=access_denied&state=unknown'),
  'collection-missing': (site) => site.open('/local/no-such-collection'),
  'not-found': async (site) => {
    await site.open('/no/such/page');
    await expect(site.heading('There is no such page')).toBeVisible();
  },
  'stopped-working': async (site, guard) => {
    guard.allow(/Failed to load resource|Failed to fetch/);
    await site.page.route('**/*.wasm', (route) => route.abort());
    await site.page.goto('/');
    await expect(site.heading('This page has stopped working')).toBeVisible();
  },
  'store-unavailable': async (site, guard) => {
    guard.allow(/status of 503/);
    await site.openSignedIn(RETURNER);
    await site.page.route('**/api/v1/receipts', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        json: { type: '/problems/store-unavailable', title: 'x', status: 503, detail: 'x', request_id: 'x' },
      }),
    );
    await site.toActivity();
    await expect(site.page.getByRole('heading', { name: 'The collections cannot be reached right now' })).toBeVisible();
  },
};

async function withOwn(site) {
  await site.open();
  await site.create('Liver, BXD', ['1435464_at:HC_M2_0606_P', '10710:BXDPublish', '1427571_at:HC_M2_0606_P']);
  await site.create(`A name that goes on ${'and on '.repeat(30)}`.trim(), ['10001:BXDPublish']);
}

async function reviewMigration(site) {
  await site.openSignedIn(RETURNER);
  await site.button('Migrate data').click();
  await expect(site.button('Migrate 5 collections')).toBeEnabled();
}

async function resultMigration(site) {
  await reviewMigration(site);
  await site.button('Migrate 5 collections').click();
  await expect(site.heading('5 collections moved into your account')).toBeVisible();
}

for (const [name, arrive] of Object.entries(PAGES)) {
  test(`the page ${name}`, async ({ site, page, guard }) => {
    await arrive(site, guard);
    for (const [device, size] of Object.entries(DEVICES)) {
      await page.setViewportSize(size);
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${SCREENSHOTS}/${name}-${device}-${colorScheme}.png`, fullPage: true });
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
        expect(found, `axe, ${device}, ${colorScheme}`).toEqual([]);
      }
    }
    await page.setViewportSize(NARROW);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, 'the width of the page in a narrow window').toBeLessThanOrEqual(NARROW.width);
  });
}
