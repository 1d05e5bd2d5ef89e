// Steps that several keyboard tests share.

import { expect } from '../support/fixtures.mjs';

/// Opens the form of the sign-in server, and signs in.
export async function signIn(site, keyboard, email) {
  await keyboard.use('button', 'Sign in', { within: site.page.getByRole('banner') });
  await fillForm(site, keyboard, email);
  await site.expectSignedIn(site.demo.person(email).name);
}

/// Fills in the form of the sign-in server.
export async function fillForm({ page }, keyboard, email) {
  await expect(page.getByLabel('Password')).toBeVisible();
  for (const [label, text] of [['E-mail address', email], ['Password', 'demo']]) {
    while (!(await page.getByLabel(label).evaluate((field) => field === document.activeElement))) await keyboard.press('Tab');
    await keyboard.write(text);
  }
  await keyboard.press('Enter');
}
