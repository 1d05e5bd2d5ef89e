// A mediated session ends after twelve hours, and after two hours without use, whatever the sign-in server's tokens say.

import { expect, test } from '../support/fixtures.mjs';
import { ageSession, COOKIE_SECRET, sessionCookie } from '../support/session-cookie.mjs';
import { EMAIL, NAME, signInButton } from './support.mjs';

test.use({ variables: { GNC_COOKIE_SECRET: COOKIE_SECRET } });

const AGES = {
  'a session that was used for twelve hours': { started_at: 12.01 },
  'a session that was not used for two hours': { started_at: 2.01, used_at: 2.01 },
};

for (const [name, hours] of Object.entries(AGES)) {
  test(`${name} is over, and the page says who was signed in`, async ({ site, page }) => {
    await site.openSignedIn(EMAIL);
    await site.settle();
    await ageSession(site, hours);
    await page.reload();
    await expect(page.getByText(`You were signed in as ${NAME}. Sign in to see your collections.`)).toBeVisible();
    await expect(signInButton(site)).toBeVisible();
    await expect(page.getByText('No collections yet')).toHaveCount(0);
    expect(await sessionCookie(site), 'nothing is kept').toBeUndefined();
  });
}

test('a session that is in use goes on', async ({ site, page }) => {
  await site.openSignedIn(EMAIL);
  await site.settle();
  await ageSession(site, { started_at: 11.9, used_at: 1.9 });
  await page.reload();
  await site.expectSignedIn(NAME);
});
