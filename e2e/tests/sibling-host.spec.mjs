// Another host of the same domain plants the session cookie of its own account: nobody becomes that user unknowingly.

import { expect, test as base } from '@playwright/test';
import { SiblingHosts } from './support/sibling-hosts.mjs';
import { Site } from './support/site.mjs';

const ATTACKER = { email: 'newcomer@uon.example', password: 'demo' };
const VISITOR = 'researcher00@jax.example';
const NAMES = { [ATTACKER.email]: 'Newcomer', [VISITOR]: 'Researcher 00' };

const test = base.extend({
  tls: [false, { option: true }],
  hosts: async ({ tls }, use) => {
    const hosts = await SiblingHosts.start({ tls });
    await use(hosts);
    await hosts.stop();
  },
  baseURL: async ({ hosts }, use) => use(hosts.url),
  site: async ({ page }, use) => use(new Site(page, { dropsState: true, person: (email) => ({ name: NAMES[email] }) })),
});

const signInButton = (site) => site.page.getByRole('banner').getByRole('button', { name: 'Sign in', exact: true });

/// Opens the page, and returns the status of its request for the session of the cookie.
async function openedWith(site) {
  const restored = site.page.waitForResponse('**/api/v1/oauth2/refresh');
  await site.open();
  return (await restored).status();
}

test('without TLS, the page asks before it uses a planted session', async ({ site, page, hosts }) => {
  const cookie = await hosts.cookieOf(ATTACKER);
  await hosts.plant(page, cookie, [cookie.name]);
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/');
  await expect(site.heading('Continue as Newcomer?')).toBeVisible();
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sign out' })).toHaveCount(0);
  expect(asked.filter((path) => /^\/api\/v1\/(?!config|me|oauth2)/.test(path))).toEqual([]);
  const ended = page.waitForResponse('**/api/v1/oauth2/logout');
  await site.button('This is not me').click();
  await expect(signInButton(site)).toBeVisible();
  await ended;
  await page.reload();
  await expect(site.heading('Continue as Newcomer?'), 'the planted cookie is still there').toBeVisible();
});

test('without TLS, a planted session does not take the place of a visitor’s own', async ({ site, page, hosts }) => {
  await site.openSignedIn(VISITOR);
  await page.reload();
  await site.expectSignedIn('Researcher 00');
  const cookie = await hosts.cookieOf(ATTACKER);
  await hosts.plant(page, cookie, [cookie.name]);
  expect(await openedWith(site), 'two cookies of the name').toBe(204);
  await expect(page.getByText('You were signed in as Researcher 00')).toBeVisible();
  await expect(signInButton(site)).toBeVisible();
});

test.describe('with TLS', () => {
  test.use({ tls: true, ignoreHTTPSErrors: true });

  test('browsers refuse the cookie, and the server refuses its other names', async ({ site, page, hosts, context }) => {
    const cookie = await hosts.cookieOf(ATTACKER);
    expect(cookie.name).toMatch(/^__Host-gnc-session-\d+$/);
    const others = [cookie.name.replace('__Host-', '__Secure-'), cookie.name.replace('__', '%5F_'), cookie.name.replace('__Host-', '')];
    await hosts.plant(page, cookie, [cookie.name, ...others]);
    const stored = (await context.cookies(hosts.url)).map(({ name }) => name);
    expect(stored.sort(), 'what the browser has taken').toEqual(others.sort());
    expect(await openedWith(site)).toBe(204);
    await expect(signInButton(site)).toBeVisible();

    await site.signIn(VISITOR);
    await hosts.plant(page, cookie, [cookie.name, ...others]);
    expect(await openedWith(site)).toBe(200);
    await site.expectSignedIn('Researcher 00');
  });
});
