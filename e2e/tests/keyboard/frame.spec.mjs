// By keyboard alone: skips the header, signs in and out, and visits every page.

import { expect, test } from '../support/fixtures.mjs';
import { Keyboard } from '../support/keyboard.mjs';
import { fillForm, signIn } from './support.mjs';

const EMAIL = 'researcher09@uon.example';

test('the first Tab offers to skip the header', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await site.open();
  expect((await keyboard.step()).what).toContain('Skip to the content');
  await keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  // The button works once the browser's collections are read.
  await expect(site.button('New collection')).toBeEnabled();
  expect((await keyboard.step()).what).toContain('New collection');
});

test('a person signs in and out', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await site.open();
  await signIn(site, keyboard, EMAIL);
  await site.settle();
  // By way of the sign-in server, whose own session ends too: the page is a new one then.
  await keyboard.use('button', 'Sign out');
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect((await keyboard.step()).what).toContain('Skip to the content');
});

test('a page that needs a sign-in returns after it', async ({ site, page }) => {
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

test('an unknown address has a link back', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await site.open('/no/such/page');
  await keyboard.use('link', 'Back to collections');
  await expect(site.heading('Collections')).toBeFocused();
});
