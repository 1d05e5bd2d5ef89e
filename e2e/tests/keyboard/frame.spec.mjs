// By keyboard alone: past the header, in and out of the account, and to every page.

import { expect, test } from '../support/fixtures.mjs';
import { Keyboard } from '../support/keyboard.mjs';
import { fillForm, signIn } from './support.mjs';

const EMAIL = 'researcher09@uon.example';

test('the first Tab leads past the header to the content', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await site.open();
  expect((await keyboard.step()).what).toContain('Skip to the content');
  await keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  // It can be used once it is known what is in this browser.
  await expect(site.button('New collection')).toBeEnabled();
  expect((await keyboard.step()).what).toContain('New collection');
});

test('signing in and out', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await site.open();
  await signIn(site, keyboard, EMAIL);
  await site.settle();
  // By way of the sign-in server, whose own session ends too: the page is a new one then.
  await keyboard.use('button', 'Sign out');
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect((await keyboard.step()).what).toContain('Skip to the content');
});

test('a page that needs a sign-in is come back to', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await site.open();
  await keyboard.use('link', 'Activity');
  await expect(site.heading('Activity')).toBeFocused();
  await keyboard.to('button', 'Sign in', { within: page.getByRole('main') });
  await keyboard.press('Enter');
  await fillForm(site, keyboard, EMAIL);
  await expect(site.heading('Activity')).toBeVisible();
  await keyboard.use('link', 'Collections', { within: page.getByRole('navigation') });
  await expect(site.heading('Collections')).toBeFocused();
});

test('nowhere: the way back', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await site.open('/no/such/page');
  await keyboard.use('link', 'Back to collections');
  await expect(site.heading('Collections')).toBeFocused();
});
