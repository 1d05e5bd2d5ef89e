// By keyboard alone: the mediated sign-in, which asks the person to confirm, and the sign-out.

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

test('a person signs in, confirms the account, and signs out', async ({ site, page }) => {
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

test('a person declines the account', async ({ site, page }) => {
  const keyboard = new Keyboard(page);
  await untilAsked(site, keyboard);
  await keyboard.use('button', 'This is not me');
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(site.heading('Collections')).toBeFocused();
});
