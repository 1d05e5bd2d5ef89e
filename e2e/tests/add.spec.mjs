// Traits come from a page of another site, with the script in docs/gn2.md, by a form or by a link. The visitor chooses a
// collection for them; nothing is stored before.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { list, snapshot } from './support/content.mjs';
import { expect, test as base } from './support/fixtures.mjs';

const NEWCOMER = 'newcomer@uon.example';
const SIGNATURE = '0123456789abcdef0123';
const TRAITS = ['1435464_at:HC_M2_0606_P', '10710:BXDPublish', '1427571_at:HC_M2_0606_P'];
const SIGNED = TRAITS.map((name) => `${name}:${SIGNATURE}`);

const DOCUMENT = readFileSync(new URL('../../docs/gn2.md', import.meta.url), 'utf8');
const [, SCRIPT] = DOCUMENT.match(/```js\n(.*?)```/s);

const test = base.extend({
  /// A page of another site: `add` clicks its button, whose script is that of the documentation.
  other: async ({ page, baseURL }, use) => {
    let html = '';
    const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // Another name of this machine, so that it is another site.
    const url = `http://other.localhost:${server.address().port}/`;
    const script = SCRIPT.replace('https://collections.example.org', baseURL);
    const show = async (content, on = page) => {
      html = content;
      await on.goto(url);
    };
    const add = async (traits) => {
      await show(`<button>Add</button><script>
        const traits = ${JSON.stringify(traits)};
        document.querySelector('button').onclick = () => { ${script} };
      </script>`);
      const opened = page.context().waitForEvent('page');
      await page.getByRole('button', { name: 'Add' }).click();
      return opened;
    };
    await use({ show, add });
    server.closeAllConnections();
    server.close();
  },
});

/// The steps of the visitor on the page that asks for a collection.
function steps(page) {
  return {
    heading: (name) => page.getByRole('heading', { level: 1, name }),
    submit: (name) => page.getByRole('main').getByRole('button', { name, exact: true }).click(),
    choose: (name) => page.getByLabel('Add to').selectOption(name),
    async expectAdded(sentence) {
      await expect(page.getByRole('heading', { level: 1, name: 'Traits added' })).toBeVisible();
      await expect(page.getByRole('main')).toContainText(sentence);
    },
    stored: () => page.evaluate(() => sessionStorage.getItem('gnc:submitted-traits')),
  };
}

test('without an account: a new collection, then the same one with repeated traits', async ({ site, other }) => {
  await site.open();
  let opened = await other.add(SIGNED.slice(0, 2));
  let visitor = steps(opened);
  await expect(visitor.heading('Add 2 traits')).toBeVisible();
  await expect(opened).toHaveURL(/\/add$/);
  for (const name of TRAITS.slice(0, 2)) await expect(opened.getByText(name, { exact: true })).toBeVisible();
  await visitor.submit('Add 2 traits');
  await expect(opened.getByText('Please give the collection a name.')).toBeVisible();
  await opened.getByLabel('Name').fill('From GN2');
  await visitor.submit('Add 2 traits');
  await visitor.expectAdded('2 traits were added to From GN2.');
  await opened.getByRole('link', { name: 'Open the collection' }).click();
  await expect(visitor.heading('From GN2')).toBeVisible();
  expect(await visitor.stored()).toBeNull();

  opened = await other.add(SIGNED);
  visitor = steps(opened);
  await visitor.choose('From GN2 · In this browser');
  await visitor.submit('Add 3 traits');
  await visitor.expectAdded('1 trait was added to From GN2. 2 traits were there already.');
  await opened.goto('/add');
  await expect(visitor.heading('Add traits from GeneNetwork')).toBeVisible();
  await site.open();
  await expect(site.row('From GN2')).toContainText('3 traits');
});

test('the traits survive a reload and the sign-in, into a new collection of the account', async ({ other, demo, redis }) => {
  const owner = demo.person(NEWCOMER).user_id;
  const opened = await other.add(SIGNED);
  const visitor = steps(opened);
  await expect(visitor.heading('Add 3 traits')).toBeVisible();
  // The browser reloads without asking whether to submit the form again.
  await opened.reload();
  await expect(visitor.heading('Add 3 traits')).toBeVisible();
  await opened.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await opened.getByLabel('E-mail address').fill(NEWCOMER);
  await opened.getByLabel('Password').fill('demo');
  await opened.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(visitor.heading('Add 3 traits')).toBeVisible();
  await expect(opened).toHaveURL(/\/add$/);
  await expect(opened.getByRole('button', { name: 'Sign out' })).toBeVisible();
  await expect(opened.getByLabel('In your account')).toBeChecked();
  expect(await list(redis, 'collections2', owner)).toEqual([]);
  await opened.getByLabel('Name').fill('From GN2');
  await visitor.submit('Add 3 traits');
  await visitor.expectAdded('3 traits were added to From GN2.');
  const [stored] = await list(redis, 'collections2', owner);
  expect([stored.name, stored.members]).toEqual(['From GN2', TRAITS]);
  await opened.getByRole('link', { name: 'Open the collection' }).click();
  await expect(opened).toHaveURL(new RegExp(`/collections/${stored.id}$`));
});

test('5,000 traits go into an existing collection of the account', async ({ site, other, demo, redis }) => {
  await site.openSignedIn(NEWCOMER);
  await site.create('Large', ['1:D', '2:D'], { where: 'your account' });
  const opened = await other.add(Array.from({ length: 5_000 }, (_, n) => `${n}:D:${SIGNATURE}`));
  const visitor = steps(opened);
  await expect(visitor.heading('Add 5,000 traits')).toBeVisible();
  await expect(opened.getByText('and 4,990 more')).toBeVisible();
  await visitor.choose('Large · In your account');
  await visitor.submit('Add 5,000 traits');
  await visitor.expectAdded('4,998 traits were added to Large. 2 traits were there already.');
  const [stored] = await list(redis, 'collections2', demo.person(NEWCOMER).user_id);
  expect(stored.members.length).toBe(5_000);
  expect(stored.members.slice(0, 3)).toEqual(['1:D', '2:D', '0:D']);
});

test('a form that submits itself stores nothing, and its markup is text', async ({ site, page, other, redis, baseURL }) => {
  await site.openSignedIn(NEWCOMER);
  const before = await snapshot(redis);
  const markup = '"></head><script>window.injected = true</script><!--,<img/src=x/onerror=alert(1)>:D,a:D:x,p:Temp,ok:D';
  const escaped = markup.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  await other.show(`<form method="post" action="${baseURL}/add"><input name="traits" value="${escaped}"></form>
    <script>addEventListener('load', () => document.forms[0].submit())</script>`);
  await expect(page).toHaveURL(`${baseURL}/add`);
  await expect(page.getByRole('heading', { level: 1, name: 'Add 2 traits' })).toBeVisible();
  await expect(page.getByText('2 traits · 3 left out')).toBeVisible();
  await expect(page.getByText('<img/src=x/onerror=alert(1)>:D', { exact: true })).toBeVisible();
  await expect(page.getByText('Trait 3: “a:D:x” has more than one colon')).toBeVisible();
  await expect(page.getByText('Trait 4: “p:Temp” names no group')).toBeVisible();
  expect(await page.evaluate(() => window.injected)).toBeUndefined();
  await page.getByRole('main').getByRole('button', { name: 'Cancel' }).click();
  await expect(site.heading('Collections')).toBeVisible();
  expect(await snapshot(redis)).toEqual(before);
  expect(await page.evaluate(() => sessionStorage.getItem('gnc:submitted-traits'))).toBeNull();
  await site.signOut();
  await expect(page.getByText('No collections yet')).toBeVisible();
});

test('a link brings traits, and one without traits says what the page is for', async ({ site, page }) => {
  await site.open(`/add?traits=${SIGNED.join(',')}`);
  await expect(site.heading('Add 3 traits')).toBeVisible();
  await expect(page).toHaveURL(/\/add$/);
  await site.open('/add?traits=PC1');
  await expect(page.getByRole('main')).toContainText('holds no trait');
  await site.open('/add?traits=');
  await expect(page.getByRole('main')).toContainText('When you choose traits in GeneNetwork');
});

test('where sessionStorage is forbidden, the traits are there as long as the page', async ({ context, other }) => {
  await context.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
  });
  const opened = await other.add(SIGNED);
  await opened.getByLabel('Name').fill('From GN2');
  await steps(opened).submit('Add 3 traits');
  await steps(opened).expectAdded('3 traits were added to From GN2.');
  await opened.getByRole('link', { name: 'Back to collections' }).click();
  await opened.goBack();
  await expect(opened.getByRole('main')).toContainText('Right now there are none.');
});

test('more than 1 MiB is refused on the page', async ({ other, guard }) => {
  guard.allow(/413 \(Payload Too Large\)/);
  const opened = await other.add([`${'x'.repeat(1024 * 1024)}:D`]);
  await expect(opened.getByRole('main')).toContainText('None of them arrived.');
});

test.describe('with a service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('the form reaches the server, and nothing of it is cached', async ({ site, page, other }) => {
    await site.open();
    await page.evaluate(() => navigator.serviceWorker.ready);
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
    const opened = await other.add(SIGNED);
    await expect(steps(opened).heading('Add 3 traits')).toBeVisible();
    const cached = await opened.evaluate(async () => {
      const caching = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
      const matches = await Promise.all(caching.map((cache) => cache.matchAll()));
      const texts = await Promise.all(matches.flat().map((response) => response.text()));
      return texts.filter((text) => text.includes('0123456789abcdef0123')).length;
    });
    expect(cached).toBe(0);
  });
});
