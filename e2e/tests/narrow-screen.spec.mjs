// A collection on a phone: its traits come first, and one tap opens the form to add some.

import { expect, test } from './support/fixtures.mjs';

test.use({ viewport: { width: 390, height: 844 } });

async function open(site, traits) {
  await site.open();
  await site.create('Liver', traits);
  await site.link('Liver').click();
  await expect(site.heading('Liver')).toBeVisible();
}

test('on a narrow screen the traits are visible, and a button opens the form above them', async ({ site, page }) => {
  await open(site, ['1:D', '2:D']);
  const [toggle, field] = [site.button('Add traits').first(), page.getByLabel('Traits to add')];
  await expect(page.getByRole('table', { name: 'Traits' })).toBeInViewport({ ratio: 1 });
  await expect(field).toBeHidden();
  await expect(toggle).toHaveAttribute('aria-expanded', 'false');
  await toggle.click();
  await field.fill('3:D');
  await site.button('Add 1 trait').click();
  await site.expectToast('1 trait added');
  await expect(toggle).toHaveAttribute('aria-expanded', 'true');
  await toggle.click();
  await expect(field).toBeHidden();
});

test('on a narrow screen the form is open when there is no trait', async ({ site, page }) => {
  await open(site, []);
  await page.getByLabel('Traits to add').fill('1:D');
  await site.button('Add 1 trait').click();
  await expect(page.getByRole('table', { name: 'Traits' })).toBeVisible();
  await expect(page.getByLabel('Traits to add'), 'for the next one').toBeVisible();
});

test('who is writing keeps the form when the window shrinks', async ({ site, page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(site, ['1:D']);
  await expect(site.button('Add traits'), 'of the form alone').toHaveCount(1);
  await page.getByLabel('Traits to add').fill('2:D');
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByLabel('Traits to add')).toBeFocused();
});
