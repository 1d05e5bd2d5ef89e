// A wrong clock of the browser, or its correction during a visit, has no visible effect, and renews no token without need.

import { expect, test } from '../support/fixtures.mjs';
import { EMAIL, NAME, resume } from './support.mjs';

const HOUR = 3_600_000;
const OFFER = /^We found 13 collections/;

// The server refuses an expired token at once.
test.use({ variables: { GNC_TOKEN_CACHE_SECONDS: '0' } });

const DIRECTIONS = { 'an hour ahead': HOUR, 'an hour behind': -HOUR };

/// Returns the time of the browser.
async function setClock(page, off) {
  await page.clock.install({ time: Date.now() + off });
  await page.clock.resume();
}

async function expectClock(page, off) {
  const seen = await page.evaluate(() => Date.now());
  expect(Math.abs(seen - Date.now() - off)).toBeLessThan(HOUR / 2);
}

for (const [name, off] of Object.entries(DIRECTIONS)) {
  test(`${name}: signing in, the list, a change and a new visit work`, async ({ site, page, demo }) => {
    const counts = await demo.authServer.countFromNow();
    await setClock(page, off);
    await site.openSignedIn(EMAIL);
    await expectClock(page, off);
    await expect(site.offer(OFFER)).toBeVisible();
    await site.create('By a wrong clock', ['1:D'], { where: 'your account' });
    await site.toActivity();
    await site.toCollections();
    expect(await counts(), 'no renewal').toMatchObject({ authorization_code: 1, refused: 0 });
    expect((await counts()).refresh_token ?? 0).toBe(0);
    await page.reload();
    await resume(site);
    await expect(site.row('By a wrong clock')).toContainText('1 trait');
  });

  test(`${name}: one renewal works @direct`, async ({ site, page, demo, guard }) => {
    guard.allow(/status of 401/);
    await setClock(page, off);
    await site.openSignedIn(EMAIL);
    const counts = await demo.authServer.countFromNow();
    await demo.authServer.expireTokens();
    await site.toActivity();
    await expect(page.getByText('No activity yet.')).toBeVisible();
    await site.expectSignedIn(NAME);
    expect(await counts()).toMatchObject({ refresh_token: 1, refused: 0 });
  });

  test(`a change of the clock to ${name} during the visit keeps the person signed in`, async ({ site, page, demo }) => {
    await setClock(page, 0);
    await site.openSignedIn(EMAIL);
    const counts = await demo.authServer.countFromNow();
    await page.clock.setSystemTime(Date.now() + off);
    await expectClock(page, off);
    await site.toActivity();
    await expect(page.getByText('No activity yet.')).toBeVisible();
    await site.toCollections();
    await site.create('After the jump', ['1:D'], { where: 'your account' });
    await site.expectSignedIn(NAME);
    const { refresh_token: renewals = 0, refused } = await counts();
    // Ahead, the token may seem to be over until our server is heard again.
    expect(renewals).toBeLessThanOrEqual(off > 0 ? 1 : 0);
    expect(refused).toBe(0);
  });
}
