// Search and order of the list survive opening a collection and going back, and are part of the address.

import { randomUUID } from 'node:crypto';
import { expect, test } from './support/fixtures.mjs';

const EMAIL = 'newcomer@uon.example';
const TIMES = { created_timestamp: 'Jan 05 2024 10:00AM', changed_timestamp: 'Jan 05 2024 10:00AM' };

const search = (page) => page.getByLabel('Search by name');
const order = (page) => page.getByLabel('Sort by');
const firstRow = (page) => page.getByRole('list', { name: 'Collections' }).getByRole('listitem').first();

test.beforeEach(async ({ redis, demo }) => {
  const collections = Array.from({ length: 60 }, (_, n) => ({ id: randomUUID(), name: `Liver ${n + 1}`, ...TIMES, num_members: 1, members: [`${n}:D`] }));
  await redis.hSet('collections2', demo.person(EMAIL).user_id, JSON.stringify(collections));
});

test('going back to the list finds it as it was left', async ({ site, page, demo }) => {
  await site.openSignedIn(EMAIL);
  await order(page).selectOption('Name');
  await search(page).fill('liver');
  await expect(page).toHaveURL(`${demo.record.url}/?sort=name&q=liver`);
  await expect(firstRow(page)).toContainText('Liver 1');

  await site.link('Liver 50').click();
  await expect(site.heading('Liver 50')).toBeVisible();
  await page.goBack();
  await expect(search(page)).toHaveValue('liver');
  await expect(order(page)).toHaveValue('Name');

  await page.reload();
  await expect(search(page)).toHaveValue('liver');
  await expect(firstRow(page)).toContainText('Liver 1');
});

test('a sign-in comes back to the same search, and the link to the list begins anew', async ({ site, page, demo }) => {
  await page.goto('/?q=50&flag=x');
  await site.signIn(EMAIL);
  await expect(search(page)).toHaveValue('50');
  await expect(site.link('Liver 50')).toBeVisible();
  await expect(site.link('Liver 1')).toHaveCount(0);
  await search(page).fill('');
  await expect(page).toHaveURL(`${demo.record.url}/?flag=x`);

  await search(page).fill('7');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Collections', exact: true }).click();
  await expect(search(page)).toHaveValue('');
  await page.goBack();
  await expect(search(page)).toHaveValue('7');
});
