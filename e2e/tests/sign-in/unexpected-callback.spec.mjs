// Callbacks that do not belong to a sign-in of this tab, or come too late or from elsewhere, are not used.

import { expect, test } from '../support/fixtures.mjs';
import { EMAIL, expectCollectionKept, expectRefused, expectWaysOn, leaveWithCollection, nextCallback, NOTHING, submit } from './support.mjs';

const NOT_OURS = 'does not belong to a sign-in started in this tab';

/// Wrong callbacks: the parameters that they set and lack.
const WRONG = {
  'another state': [{ state: 'of-somebody-else' }],
  'no state': [{}, ['state']],
  'another issuer': [{ iss: 'https://other.example' }],
  'no issuer, although the server promises one': [{}, ['iss']],
  'neither code nor error': [{}, ['code']],
};

for (const [name, [set, remove]] of Object.entries(WRONG)) {
  test(`${name}: a message is shown, no code is exchanged, nothing is lost`, async ({ site, page, demo }) => {
    const counts = await demo.authServer.countFromNow();
    await leaveWithCollection(site);
    await demo.authServer.alterNextCallback(set, remove);
    await submit(page);
    await expectRefused(site, NOT_OURS);
    expect(await counts()).toEqual(NOTHING);
    await expectWaysOn(site);
    expect((await counts()).authorization_code).toBe(1);
  });
}

test('an answer that takes more than ten minutes: a message is shown, no code is exchanged, nothing is lost', async ({ site, page, demo }) => {
  const counts = await demo.authServer.countFromNow();
  await leaveWithCollection(site);
  // The page goes by our server's clock, which it learns from every answer; eleven minutes pass by that clock.
  await page.route('**/api/v1/config', async (route) => {
    const response = await route.fetch();
    const date = new Date(Date.now() + 11 * 60_000).toUTCString();
    await route.fulfill({ response, headers: { ...response.headers(), date } });
  }, { times: 1 });
  await submit(page);
  await expectRefused(site, 'took longer than ten minutes');
  expect(await counts()).toEqual(NOTHING);
  await expectWaysOn(site);
});

test('a used state with another code is not used', async ({ site, page, demo }) => {
  await leaveWithCollection(site);
  const answered = nextCallback(page);
  await submit(page);
  const callback = new URL(await answered);
  await site.expectSignedIn(demo.person(EMAIL).name);
  const counts = await demo.authServer.countFromNow();

  callback.searchParams.set('code', 'of-somebody-else');
  await page.goto(callback.href);
  await expect(site.heading('Collections')).toBeVisible();
  await site.expectSignedIn(demo.person(EMAIL).name);
  await expectCollectionKept(site);
  expect(await counts(), 'a silent sign-in of the person').toEqual({ ...NOTHING, authorization_code: 1 });
});
