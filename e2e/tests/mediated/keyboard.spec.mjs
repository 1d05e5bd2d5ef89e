// By keyboard alone, where the person is asked whether it is them, and where signing out leaves the page as it is.

import { fillForm } from '../keyboard/support.mjs';
import { expect, test } from '../support/fixtures.mjs';
import { Keyboard } from '../support/keyboard.mjs';

const EMAIL = 'researcher09@uon.example';
const NAME = 'Researcher 09';

async function untilAsked(site, keyboard) {
  await site.open();
  await keyboard.use('button', 'Sign in');
  await fillForm(site, keyboard, EMAIL);
  await expect(site.heading(`Continue as ${NAME}?`)).toBeVisible();
}

test('signing in, saying yes, and signing out', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await untilAsked(site, keyboard);
  await keyboard.use('button', 'Continue');
  await site.expectSignedIn(NAME);
  await expect(site.heading('Collections')).toBeFocused();
  await site.settle();
  await keyboard.use('button', 'Sign out', { key: 'Shift+Tab' });
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(site.heading('Collections')).toBeFocused();
});

test('saying no', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await untilAsked(site, keyboard);
  await keyboard.use('button', 'This is not me');
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(site.heading('Collections')).toBeFocused();
});
