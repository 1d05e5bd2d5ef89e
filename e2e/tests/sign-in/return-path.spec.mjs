// After the sign-in the page goes to one of its own addresses, whatever address it is told.

import { expect, test } from '../support/fixtures.mjs';
import { leave, NAME, submit } from './support.mjs';

const FOREIGN = 'evil.example';

/// Every request to a host that is neither ours nor the sign-in server's.
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
  test(`who signs in at the address ${path} of ours comes back to the first page`, async ({ site, page, demo }) => {
    const strangers = watchStrangers(page, demo);
    await page.goto(demo.record.url + path);
    await leave(site);
    await submit(page);
    await expectHome(site, strangers);
  });
}

for (const target of [`https://${FOREIGN}/`, `//${FOREIGN}/`, `/\\${FOREIGN}/`, `/\t/${FOREIGN}/`, 'javascript:alert(1)', '/callback']) {
  test(`a kept return path of ${JSON.stringify(target)} is not followed`, async ({ site, page, demo }) => {
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

test('what else stands in the answer leads nowhere', async ({ site, page, demo }) => {
  const strangers = watchStrangers(page, demo);
  await site.open();
  await leave(site);
  const url = `https://${FOREIGN}/`;
  await demo.authServer.alterNextCallback({ next: url, return_to: url, redirect_uri: url, error_uri: url });
  await submit(page);
  await expectHome(site, strangers);
});
