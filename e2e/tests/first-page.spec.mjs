// Visitors who have left nothing here can read the first page before the app has loaded. Others see "Loading…".

import { expect, test } from './support/fixtures.mjs';
import { visitAgain } from './support/first-visit.mjs';
import { hold } from './support/hold.mjs';

/// Returns the elements and texts of the page without what the app knows only later: settings, and that it can react
/// to clicks.
function drawing(selector) {
  const LATER = '.app-footer__version, .account > a, .app-nav li:has(.external)';
  const lines = (node) => {
    const text = node.nodeType === Node.TEXT_NODE && node.data.replaceAll(/\s+/g, ' ').trim();
    if (text) return [text];
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(LATER)) return [];
    const names = node.getAttributeNames().filter((name) => !['disabled', 'data-first-page'].includes(name));
    const attributes = names.sort().map((name) => (name === 'hidden' ? name : `${name}=${node.getAttribute(name)}`));
    return [[node.localName, ...attributes].join(' '), ...[...node.childNodes].flatMap(lines)];
  };
  return lines(document.querySelector(selector));
}

test('the first page is what the app draws for a first visit', async ({ page }) => {
  const app = await hold(page, '**/*.wasm');
  await page.goto('/', { waitUntil: 'commit' });
  await expect(page.getByRole('heading', { name: 'Where are my old collections?' })).toBeVisible();
  const firstPage = await page.evaluate(drawing, '[data-first-page]');
  app();
  await expect(page.getByText(/^Version /)).toBeVisible();
  expect(firstPage).toEqual(await page.evaluate(drawing, '#app > .app'));
});

test('the first page stays until the app knows more', async ({ page }) => {
  await page.addInitScript(() => {
    const read = () => document.querySelector('main')?.innerText ?? '';
    window.wasLoading = false;
    const watch = () => (window.wasLoading ||= read().includes('Loading…'));
    new MutationObserver(watch).observe(document, { childList: true, subtree: true });
  });
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'New collection' })).toBeEnabled();
  expect(await page.evaluate(() => window.wasLoading)).toBe(false);
});

for (const [name, path, prepare] of [
  ['who was here before', '/', visitAgain],
  ['of another page', '/activity', () => {}],
]) {
  test(`a visitor ${name} is not told that there are no collections`, async ({ page }) => {
    await prepare(page);
    await hold(page, '**/*.wasm');
    await page.goto(path, { waitUntil: 'commit' });
    await expect(page.getByText('Loading…')).toBeVisible();
    await expect(page.getByText('No collections yet')).toBeHidden();
  });
}

test('the first collection ends the first visit', async ({ site, page }) => {
  await site.open();
  await site.create('Liver', ['1435464_at:HC_M2_0606_P']);
  await expect(site.row('Liver')).toBeVisible();
  await hold(page, '**/*.wasm');
  await page.reload({ waitUntil: 'commit' });
  await expect(page.getByText('Loading…')).toBeVisible();
  await expect(page.getByText('No collections yet')).toBeHidden();
});
