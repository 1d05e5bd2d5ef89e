// Every page and dialog there is, each in the states that it can be seen in, and how one gets there.
//
// A place names the page (`route`, as client/src/route.rs calls it) or the dialog (`dialog`, the file that draws it) that
// it shows; places.spec.mjs looks that none is missing.

import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { LONG, prolong } from './long-names.mjs';

export const NEWCOMER = 'newcomer@uon.example';
export const RETURNER = 'researcher09@uon.example';

const { anonymous_cookies: COOKIES } = JSON.parse(readFileSync(new URL('../../data/anonymous.json', import.meta.url), 'utf8'));

const UNAVAILABLE = {
  status: 503,
  contentType: 'application/problem+json',
  json: { type: '/problems/store-unavailable', title: 'x', status: 503, detail: 'x', request_id: 'x' },
};

/// `arrive` gets the site and the fixtures of the test.
export const PLACES = {
  'collections-empty': {
    route: 'Collections',
    arrive: async ({ site, page }) => {
      await site.open();
      await expect(page.getByText('No collections yet')).toBeVisible();
    },
  },
  'collections-anonymous': { route: 'Collections', arrive: withOwn },
  'collections-many': {
    route: 'Collections',
    arrive: async ({ site, page }) => {
      await site.open();
      for (const name of ['Eye', 'Liver, BXD', 'Brain', 'Heart', 'Kidney', LONG]) await site.create(name, ['1:D']);
      await site.button('Delete Kidney').click();
      await site.create('Lung', ['1:D']);
      await page.getByLabel('Sort by').selectOption('Name');
      await page.getByLabel('Search by name').fill('e');
      await expect(page.getByText(/^\d of 6 collections$/)).toBeVisible();
    },
  },
  'collections-no-match': {
    route: 'Collections',
    arrive: async (fixtures) => {
      await PLACES['collections-many'].arrive(fixtures);
      await fixtures.page.getByLabel('Search by name').fill('zebra');
      await expect(fixtures.page.getByText('No collection has this in its name.')).toBeVisible();
    },
  },
  'collections-deleted': {
    route: 'Collections',
    arrive: async (fixtures) => {
      const { site } = fixtures;
      await withOwn(fixtures);
      await site.button('Delete Liver, BXD').click();
      await site.expectToast('was deleted.');
      await site.openBin();
    },
  },
  'new-collection': {
    route: 'Collections',
    dialog: 'new_collection.rs',
    arrive: async ({ site, page }) => {
      await site.open();
      await site.button('New collection').click();
      await page.getByLabel('Traits (optional)').fill(`10710:BXDPublish\nnonsense\n${LONG}`);
      await expect(page.getByText('1 new · 2 left out')).toBeVisible();
      await site.button('Create').click();
      await expect(page.getByText('Please give the collection a name.')).toBeVisible();
    },
  },
  'new-collection-signed-in': {
    route: 'Collections',
    dialog: 'new_collection.rs',
    arrive: async ({ site, page }) => {
      await site.openSignedIn(NEWCOMER);
      await site.button('New collection').click();
      await expect(page.getByLabel('In your account')).toBeVisible();
    },
  },
  export: {
    route: 'LocalCollection',
    dialog: 'export.rs',
    arrive: async (fixtures) => {
      const { site } = fixtures;
      await withOwn(fixtures);
      await site.link('Liver, BXD').click();
      await site.button('Export').click();
      await site.button('Download').click();
      await expect(site.page.getByRole('dialog').getByRole('status')).toContainText('Liver');
    },
  },
  'collections-selected': {
    route: 'Collections',
    arrive: async (fixtures) => {
      const { site, page } = fixtures;
      await withOwn(fixtures);
      await site.signIn(NEWCOMER);
      await page.getByLabel('Select all shown').check();
      await expect(site.button('Combine 2 collections')).toBeVisible();
    },
  },
  'export-several': {
    route: 'Collections',
    dialog: 'export.rs',
    arrive: async (fixtures) => {
      await withOwn(fixtures);
      await fixtures.site.button('Export').click();
      await expect(fixtures.site.button('Download')).toBeEnabled();
    },
  },
  'import-file': {
    route: 'Collections',
    dialog: 'import_file.rs',
    arrive: async ({ site, page }) => {
      await site.open();
      await site.button('Import a file').click();
      const content = `# Collection Name: ${LONG}\r\n1:D\r\nfoo\r\n# Collection Name: Brain\r\n2:D\r\n`;
      await page.getByRole('dialog').getByLabel('File').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
      await expect(site.button('Import 2 collections')).toBeEnabled();
    },
  },
  'combine-two': {
    route: 'Collections',
    dialog: 'set_operations.rs',
    arrive: async (fixtures) => {
      const { site, page } = fixtures;
      await withOwn(fixtures);
      await site.button('Combine collections').click();
      await expect(page.getByRole('img')).toBeVisible();
      await page.getByText('These counts as a table').click();
    },
  },
  'combine-four': {
    route: 'Collections',
    dialog: 'set_operations.rs',
    arrive: async ({ site, page }) => {
      await site.open();
      for (const [n, name] of ['Liver', 'Brain', 'Kidney', 'Heart'].entries()) await site.create(name, ['0:D', `${n}:D`, `${n + 1}:D`]);
      await site.button('Combine collections').click();
      await expect(page.getByText('Choose two or more collections.')).toBeVisible();
      for (const box of await page.getByRole('dialog').getByRole('checkbox').all()) await box.check();
      await expect(page.getByRole('img')).toBeVisible();
    },
  },
  'page-not-loaded': {
    route: 'LocalCollection',
    arrive: async (fixtures) => {
      const { site, page, guard } = fixtures;
      guard.allow(/Failed to load resource|Failed to fetch/);
      await withOwn(fixtures);
      await page.route('**/client-collection-*.wasm', (route) => route.abort());
      await site.link('Liver, BXD').click();
      await expect(site.heading('This part of the page could not be loaded')).toBeVisible();
    },
  },
  'dialog-not-loaded': {
    route: 'Collections',
    dialog: 'later.rs',
    arrive: async ({ site, page, guard }) => {
      guard.allow(/Failed to load resource|Failed to fetch/);
      await page.route('**/client-together-*.wasm', (route) => route.abort());
      await site.open();
      await site.button('Import a file').click();
      await expect(site.button('Try again')).toBeVisible();
    },
  },
  'local-collection': {
    route: 'LocalCollection',
    arrive: async (fixtures) => {
      await withOwn(fixtures);
      await fixtures.site.link('Liver, BXD').click();
      await expect(fixtures.site.heading('Liver, BXD')).toBeVisible();
    },
  },
  'local-collection-long': {
    route: 'LocalCollection',
    arrive: async (fixtures) => {
      const { site, page } = fixtures;
      await withOwn(fixtures);
      await site.link(LONG).click();
      await expect(site.heading(LONG)).toBeVisible();
      await page.getByLabel('Traits to add').fill(`2:D 3:D ${LONG}`);
      await expect(page.getByText('2 new · 1 left out')).toBeVisible();
    },
  },
  'local-collection-large': {
    route: 'LocalCollection',
    arrive: async ({ site }) => {
      await site.open();
      await site.create('Large', Array.from({ length: 250 }, (_, n) => `${1_435_464 + n}_at:HC_M2_0606_P`));
      await site.link('Large').click();
      await expect(site.heading('Large')).toBeVisible();
      await expect(site.page.getByRole('grid', { name: 'Traits' })).toBeVisible();
    },
  },
  'local-collection-selected': {
    route: 'LocalCollection',
    arrive: async (fixtures) => {
      const { site, page } = fixtures;
      await PLACES['local-collection-large'].arrive(fixtures);
      await page.getByLabel('Select 1435465_at:HC_M2_0606_P', { exact: true }).check();
      await expect(site.button('Copy to a collection…')).toBeVisible();
    },
  },
  'local-collection-in-pages': {
    route: 'LocalCollection',
    arrive: async (fixtures) => {
      const { site, page } = fixtures;
      await PLACES['local-collection-large'].arrive(fixtures);
      await site.button('Show in pages').click();
      await expect(page.getByRole('table', { name: 'Traits' })).toBeVisible();
    },
  },
  'copy-traits': {
    route: 'LocalCollection',
    dialog: 'copying.rs',
    arrive: async (fixtures) => {
      const { site, page } = fixtures;
      await withOwn(fixtures);
      await site.link('Liver, BXD').click();
      await page.getByLabel('Select all shown').check();
      await site.button('Copy to a collection…').click();
      await page.getByRole('dialog').getByRole('button', { name: 'Copy', exact: true }).click();
      await expect(page.getByText('Please give the collection a name.')).toBeVisible();
    },
  },
  'local-collection-bare': {
    route: 'LocalCollection',
    arrive: async ({ site, page }) => {
      await site.open();
      await site.create('Bare', []);
      await site.link('Bare').click();
      await expect(page.getByText('This collection has no traits yet')).toBeVisible();
    },
  },
  rename: {
    route: 'LocalCollection',
    arrive: async (fixtures) => {
      const { site, page } = fixtures;
      await withOwn(fixtures);
      await site.link(LONG).click();
      await site.button('Rename').click();
      await page.getByLabel('Name').fill('');
      await expect(page.getByText('Please give the collection a name.')).toBeVisible();
    },
  },
  history: {
    route: 'LocalCollection',
    arrive: async (fixtures) => {
      const { site, page } = fixtures;
      await withOwn(fixtures);
      await site.link(LONG).click();
      await site.button('Rename').click();
      await page.getByLabel('Name').fill(`${LONG}, all`);
      await site.button('Save').click();
      await page.getByText('History', { exact: true }).click();
      await expect(page.getByRole('list', { name: 'History' })).toContainText('Renamed from');
    },
  },
  'collection-loading': {
    route: 'LocalCollection',
    arrive: async (fixtures) => {
      const { site, page } = fixtures;
      await withOwn(fixtures);
      await page.route(/\/client-collection-/, () => {});
      await site.link('Liver, BXD').click();
      await expect(site.heading('Loading…')).toBeVisible();
    },
  },
  'collection-missing': {
    route: 'LocalCollection',
    arrive: async ({ site, page }) => {
      await site.open('/local/no-such-collection');
      await expect(page.getByRole('main').getByRole('link', { name: 'Back to collections' })).toBeVisible();
    },
  },
  'account-collection': {
    route: 'AccountCollection',
    arrive: async ({ site, page }) => {
      await site.openSignedIn(RETURNER);
      await site.link('DA receptors v2').click();
      await expect(site.heading('DA receptors v2')).toBeVisible();
      await expect(page.getByRole('grid', { name: 'Traits' })).toBeVisible();
    },
  },
  'account-collection-stale': {
    route: 'AccountCollection',
    arrive: async (fixtures) => {
      const { site, page, guard, redis, demo } = fixtures;
      guard.allow(/status of 412/);
      await PLACES['account-collection'].arrive(fixtures);
      const owner = demo.person(RETURNER).user_id;
      const all = JSON.parse(await redis.hGet('collections2', owner));
      const one = all.find(({ name }) => name === 'DA receptors v2');
      one.members.push('theirs:D');
      one.name = LONG;
      one.num_members += 1;
      await redis.hSet('collections2', owner, JSON.stringify(all));
      await page.getByLabel('Traits to add').fill('8:D');
      await site.button('Add 1 trait').click();
      await expect(page.getByRole('alert')).toContainText('changed elsewhere');
    },
  },
  'account-collection-missing': {
    route: 'AccountCollection',
    arrive: async ({ site, page, guard }) => {
      guard.allow(/status of 404/);
      await site.open('/collections/0c7b5f0e-2f4e-4b53-9a52-3c1a3b6f2a11');
      await site.signIn(RETURNER);
      await expect(page.getByRole('main').getByRole('link', { name: 'Back to collections' })).toBeVisible();
    },
  },
  'offer-legacy': {
    route: 'Collections',
    arrive: async ({ site }) => {
      await site.openSignedIn('researcher00@jax.example');
      await expect(site.button('Migrate data')).toBeVisible();
    },
  },
  'offer-local': {
    route: 'Collections',
    arrive: async (fixtures) => {
      await withOwn(fixtures);
      await fixtures.site.signIn(NEWCOMER);
      await expect(fixtures.site.button('Keep here')).toBeVisible();
    },
  },
  'offer-session': {
    route: 'Collections',
    arrive: async ({ site, demo }) => {
      await site.page.context().addCookies([{ name: 'anon_user_v1', value: COOKIES[0], url: demo.record.url }]);
      await site.openSignedIn(NEWCOMER);
      await expect(site.button('Leave them there')).toBeVisible();
    },
  },
  'storage-refused': {
    route: 'Collections',
    arrive: async ({ site, page }) => {
      await page.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException('a private window', 'SecurityError');
        };
      });
      await site.open();
      await site.button('New collection').click();
      await page.getByLabel('Name').fill('Kept in this page only');
      await site.button('Create').click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  'review-migration': { route: 'Migrate', arrive: reviewMigration },
  'review-long': {
    route: 'Migrate',
    arrive: async (fixtures) => {
      const { site, page } = fixtures;
      await prolong(fixtures, RETURNER);
      await site.openSignedIn(RETURNER);
      await site.button('Migrate data').click();
      const choice = page.getByLabel(/^What to do with Llan/).first();
      await choice.selectOption('Merge into yours');
      await expect(page.getByText('1 trait is added to')).toBeVisible();
    },
  },
  'result-migration': { route: 'Migrate', arrive: resultMigration },
  'result-long': {
    route: 'Migrate',
    arrive: async (fixtures) => {
      const { site, page } = fixtures;
      await PLACES['review-long'].arrive(fixtures);
      await site.button(/^Migrate \d collections$/).click();
      await expect(site.heading(/^\d collections moved into your account$/)).toBeVisible();
      await expect(page.getByRole('list').getByText('Llan').first()).toBeVisible();
    },
  },
  'result-undone': {
    route: 'Migrate',
    arrive: async (fixtures) => {
      await resultMigration(fixtures);
      await fixtures.site.button('Undo').click();
      await expect(fixtures.site.heading('5 collections taken back')).toBeVisible();
    },
  },
  'review-copied-before': {
    route: 'Migrate',
    arrive: async ({ site, page }) => {
      await site.openSignedIn('researcher01@epfl.example');
      await site.link('Look at them').click();
      await expect(page.getByRole('heading', { name: 'Copied before (2)' })).toBeVisible();
    },
  },
  'review-nothing': {
    route: 'Migrate',
    arrive: async ({ site, page }) => {
      await site.open('/migrate');
      await site.signIn(NEWCOMER);
      await expect(page.getByRole('main').getByRole('link', { name: 'Back to collections' })).toBeVisible();
    },
  },
  'review-import': {
    route: 'Import',
    arrive: async (fixtures) => {
      const { site } = fixtures;
      await withOwn(fixtures);
      await site.signIn(NEWCOMER);
      await site.button('Import existing collections').click();
      await expect(site.button('Import 2 collections')).toBeEnabled();
    },
  },
  'review-session': {
    route: 'ImportSession',
    arrive: async (fixtures) => {
      const { site } = fixtures;
      await PLACES['offer-session'].arrive(fixtures);
      await site.button('Import existing collections').click();
      await expect(site.button('Import 2 collections')).toBeEnabled();
    },
  },
  activity: {
    route: 'Activity',
    arrive: async (fixtures) => {
      const { site, page } = fixtures;
      await resultMigration(fixtures);
      await site.toActivity();
      await expect(page.getByRole('heading', { name: 'Migration from your earlier account' })).toBeVisible();
      await page.getByText('Every collection in detail').click();
    },
  },
  'activity-empty': {
    route: 'Activity',
    arrive: async ({ site, page }) => {
      await site.openSignedIn(NEWCOMER);
      await site.toActivity();
      await expect(page.getByRole('main').getByText('Loading…')).toHaveCount(0);
    },
  },
  'sign-in-first': { route: 'Activity', arrive: ({ site }) => site.open('/activity') },
  'store-unavailable': {
    route: 'Activity',
    arrive: async ({ site, page, guard }) => {
      guard.allow(/status of 503/);
      await site.openSignedIn(RETURNER);
      await page.route('**/api/v1/receipts', (route) => route.fulfill(UNAVAILABLE));
      await site.toActivity();
      await expect(page.getByRole('heading', { name: 'The collections cannot be reached right now' })).toBeVisible();
    },
  },
  'activity-loading': {
    route: 'Activity',
    arrive: async ({ site, page }) => {
      await site.openSignedIn(RETURNER);
      await page.route('**/api/v1/receipts', () => {});
      await site.toActivity();
      await expect(page.getByRole('main').getByText('Loading…')).toBeVisible();
    },
  },
  'not-verified': {
    route: 'Collections',
    arrive: async ({ site, page, guard }) => {
      guard.allow(/status of 403/);
      await site.openSignedIn('researcher03@uthsc.example');
      await expect(page.getByRole('heading', { name: 'Your e-mail address is not verified yet' })).toBeVisible();
    },
  },
  offline: {
    route: 'Collections',
    arrive: async ({ site, page, guard }) => {
      guard.allow(/Failed to load resource/);
      await page.route('**/api/**', (route) => route.abort('internetdisconnected'));
      await site.open();
      await expect(page.getByRole('heading', { name: 'You are offline, or the server cannot be reached' })).toBeVisible();
    },
  },
  'sign-in-expired': {
    route: 'Activity',
    arrive: async ({ site, page, guard, demo }) => {
      guard.allow(/status of (400|401)/);
      await site.openSignedIn(RETURNER);
      await page.route('**/api/v1/receipts', (route) => route.fulfill({ status: 401, contentType: 'application/problem+json', json: { ...UNAVAILABLE.json, type: '/problems/unauthenticated', status: 401 } }));
      await page.route(demo.record.token_url, (route) => route.fulfill({ status: 400, headers: { 'access-control-allow-origin': '*' }, json: { error: 'invalid_grant' } }));
      await site.toActivity();
      await expect(page.getByRole('heading', { name: 'Your sign-in has expired' })).toBeVisible();
    },
  },
  'callback-refused': {
    route: 'Callback',
    arrive: async ({ site }) => {
      await site.open('/callback?error=access_denied&state=unknown');
      await expect(site.heading('You are not signed in')).toBeVisible();
    },
  },
  'second-window': {
    route: 'SignIn',
    arrive: async ({ site, page }) => {
      await site.open();
      await page.goto('/sign-in');
      await expect(site.heading('Sign in')).toBeVisible();
      await expect(page.getByRole('main').getByRole('button', { name: 'Sign in' })).toBeVisible();
    },
  },
  'not-found': {
    route: 'NotFound',
    arrive: async ({ site }) => {
      await site.open('/no/such/page');
      await expect(site.heading('There is no such page')).toBeVisible();
    },
  },
  'stopped-working': {
    arrive: async ({ site, page, guard }) => {
      guard.allow(/Failed to load resource|Failed to fetch/);
      await page.route('**/*.wasm', (route) => route.abort());
      await page.goto('/');
      await expect(site.heading('This page has stopped working')).toBeVisible();
    },
  },
  starting: {
    arrive: async ({ site, page }) => {
      await page.route('**/*.wasm', () => {});
      await page.goto('/', { waitUntil: 'commit' });
      await expect(site.page.getByText('Loading…')).toBeVisible();
    },
  },
};

async function withOwn({ site }) {
  await site.open();
  await site.create('Liver, BXD', ['1435464_at:HC_M2_0606_P', '10710:BXDPublish', '1427571_at:HC_M2_0606_P']);
  await site.create(LONG, [`${LONG}:BXDPublish`]);
}

async function reviewMigration({ site }) {
  await site.openSignedIn(RETURNER);
  await site.button('Migrate data').click();
  await expect(site.button('Migrate 5 collections')).toBeEnabled();
}

async function resultMigration(fixtures) {
  const { site } = fixtures;
  await reviewMigration(fixtures);
  await site.button('Migrate 5 collections').click();
  await expect(site.heading('5 collections moved into your account')).toBeVisible();
}

/// One test for each place: `check` gets there by `arrive`, and looks at it.
export function everyPlace(test, title, check) {
  for (const [name, place] of Object.entries(PLACES)) {
    test(`${title}: ${name}`, async ({ site, page, guard, redis, demo }) => {
      await check({ name, page, arrive: () => place.arrive({ site, page, guard, redis, demo }) });
    });
  }
}
