// Numbers and dates follow the language and the time zone of the browser.

import { expect, test } from './support/fixtures.mjs';

const TRAITS = Array.from({ length: 1234 }, (_, n) => `${n}:D`);

const LOCALES = [
  { locale: 'de-DE', timezoneId: 'Europe/Berlin', number: '1.234', day: '05.03.2026' },
  { locale: 'en-US', timezoneId: 'America/New_York', number: '1,234', day: 'Mar 4, 2026' },
];

for (const { locale, timezoneId, number, day } of LOCALES) {
  test.describe(locale, () => {
    test.use({ locale, timezoneId });

    test('counts and days', async ({ site, page }) => {
      // Late in the evening in London: another day already in Berlin.
      await page.clock.setFixedTime(new Date('2026-03-04T23:30:00Z'));
      await site.open();
      await site.create('Large', TRAITS);
      await expect(site.row('Large')).toContainText(`${number} traits`);
      await expect(site.row('Large').locator('time')).toHaveText(day);
      await site.link('Large').click();
      // Beside the name, and above the table.
      await expect(page.getByText(`${number} traits`)).toHaveCount(2);
      await expect(page.getByText(day)).toBeVisible();
      await page.getByLabel('Traits to add').fill(TRAITS.map((trait) => `more-${trait}`).join('\n'));
      await expect(site.button(`Add ${number} traits`)).toBeVisible();
    });
  });
}
