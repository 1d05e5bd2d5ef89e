// Several tabs need a new token at the same time: one renewal serves them all.

import { expect, test } from '../support/fixtures.mjs';
import { EMAIL, NAME } from './support.mjs';

const TABS = 4;
const NOTHING_YET = 'No activity yet.';

// The server refuses an expired token at once.
test.use({ variables: { GNC_TOKEN_CACHE_SECONDS: '0' } });

async function openTabs(site) {
  await site.openSignedIn(EMAIL);
  const tabs = [site];
  while (tabs.length < TABS) {
    const tab = await site.anotherTab();
    await tab.openJoined(EMAIL);
    tabs.push(tab);
  }
  return tabs;
}

async function expectAllWorking(tabs) {
  for (const tab of tabs) {
    await expect(tab.page.getByText(NOTHING_YET)).toBeVisible();
    await tab.expectSignedIn(NAME);
  }
}

test('when all tabs are refused, one refresh serves all of them, and a second one works too', async ({ site, demo, guard }) => {
  guard.allow(/status of 401/);
  const tabs = await openTabs(site);
  const counts = await demo.authServer.countFromNow();

  await demo.authServer.expireTokens();
  await Promise.all(tabs.map((tab) => tab.toActivity()));
  await expectAllWorking(tabs);
  expect(await counts()).toMatchObject({ authorization_code: 0, refresh_token: 1, refused: 0 });

  // The refresh token was replaced by its use: had another tab used the old one, the session would be over.
  await demo.authServer.expireTokens();
  await Promise.all(tabs.map((tab) => tab.toCollections()));
  await Promise.all(tabs.map((tab) => tab.toActivity()));
  await expectAllWorking(tabs);
  expect(await counts()).toMatchObject({ authorization_code: 0, refresh_token: 2, refused: 0 });
});

test('when all tabs wake up to an expired token, one refresh comes before any request', async ({ site, demo }) => {
  const tabs = await openTabs(site);
  const counts = await demo.authServer.countFromNow();
  // The laptop slept for almost an hour.
  await Promise.all(tabs.map(({ page }) => page.clock.install({ time: Date.now() + 3_590_000 })));
  await Promise.all(tabs.map(({ page }) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))));
  await Promise.all(tabs.map((tab) => tab.toActivity()));
  await expectAllWorking(tabs);
  expect(await counts()).toMatchObject({ authorization_code: 0, refresh_token: 1, refused: 0 });
});
