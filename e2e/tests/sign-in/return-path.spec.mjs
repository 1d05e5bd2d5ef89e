// After the sign-in the page goes only to addresses of its own.

import { expect, test } from '../support/fixtures.mjs';
import { leave, NAME, submit } from './support.mjs';

const FOREIGN = 'evil.example';

/// Records requests to hosts other than the server and the sign-in server.
function watchStrangers(page, demo) {
  const known = [demo.record.url, demo.record.issuer].map((url) => new URL(url).host);
  const strangers = [];
  page.on('request', (request) => {
    const { host, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && !known.includes(host)) strangers.push(request.url());
  });
  return strangers;
}

async function expectHome(site, strangers) {
  await site.expectSignedIn(NAME);
  await expect(site.page).toHaveURL(`${site.demo.record.url}/`);
  await expect(site.heading('Collections')).toBeVisible();
  expect(strangers).toEqual([]);
}

for (const path of [`//${FOREIGN}/`, `/\\${FOREIGN}/`, `//${FOREIGN}/migrate`]) {
  test(`a sign-in at ${path} returns to the first page`, async ({ site, page, demo }) => {
    const strangers = watchStrangers(page, demo);
    await page.goto(demo.record.url + path);
    await leave(site);
    await submit(page);
    await expectHome(site, strangers);
  });
}

for (const target of [`https://${FOREIGN}/`, `//${FOREIGN}/`, `/\\${FOREIGN}/`, `/\t/${FOREIGN}/`, 'javascript:alert(1)', '/callback']) {
  test(`a stored return path of ${JSON.stringify(target)} is not followed`, async ({ site, page, demo }) => {
    const strangers = watchStrangers(page, demo);
    await site.open();
    await leave(site);
    // As if somebody had got at the storage of this tab.
    await page.addInitScript((path) => {
      for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith('gnc:attempt:'))) {
        const attempt = JSON.parse(sessionStorage.getItem(key));
        sessionStorage.setItem(key, JSON.stringify({ ...attempt, return_to: path }));
      }
    }, target);
    await submit(page);
    await expectHome(site, strangers);
  });
}

test('a sign-in at an address with parameters returns to it, without those of the callback', async ({ site, page, demo }) => {
  await page.goto('/migrate?flag=x&other=%C3%A4&code=old');
  await leave(site);
  await demo.authServer.alterNextCallback({ user_id: 'of-somebody-else', session_state: 's' });
  await submit(page);
  await site.confirm(NAME);
  await site.expectSignedIn(NAME);
  await expect(page).toHaveURL(`${demo.record.url}/migrate?flag=x&other=%C3%A4`);
});

test('the parameters of the callback leave the address before the settings arrive', async ({ site, page, demo }) => {
  await site.open();
  await leave(site);
  const held = new Promise((resolve) => { page.route('**/api/v1/config', resolve, { times: 1 }); });
  await submit(page);
  const config = await held;
  await expect(page).toHaveURL(`${demo.record.url}/callback`);
  await config.continue();
  await site.confirm(NAME);
  await site.expectSignedIn(NAME);
});

test('other parameters of the callback are not followed', async ({ site, page, demo }) => {
  const strangers = watchStrangers(page, demo);
  await site.open();
  await leave(site);
  const url = `https://${FOREIGN}/`;
  await demo.authServer.alterNextCallback({ next: url, return_to: url, redirect_uri: url, error_uri: url });
  await submit(page);
  await expectHome(site, strangers);
});
