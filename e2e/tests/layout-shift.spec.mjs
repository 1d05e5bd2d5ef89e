// While the page starts, nothing on it moves: neither when the app replaces the first view, nor when its data arrives late.

import { expect, test } from './support/fixtures.mjs';
import { drawn } from './support/frames.mjs';
import { hold } from './support/hold.mjs';
import { visitAgain } from './support/first-visit.mjs';

const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 412, height: 823 } };

const VISITS = [
  ['a first visit', '/', 'Collections'],
  ['the list', '/', 'Loading…'],
  ['the activity', '/activity', 'Loading…'],
  ['a collection', '/local/none', 'Loading…'],
];

/// Records the layout shifts that the browser reports, and the elements that moved.
function watch() {
  const shifts = [];
  const note = (entries) => {
    for (const { value, sources } of entries) {
      const of = sources.map(({ node, previousRect: from, currentRect: to }) =>
        `${node?.nodeName}.${node?.className ?? ''} ${Math.round(from.x)},${Math.round(from.y)} → ${Math.round(to.x)},${Math.round(to.y)}`);
      shifts.push({ value, of });
    }
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  window.shifts = () => {
    // The observer may not have been told of the last ones yet.
    note(observer.takeRecords());
    return shifts;
  };
}

for (const [device, size] of Object.entries(SIZES)) {
  for (const [name, path, firstView] of VISITS) {
    test(`nothing moves while ${name} loads on a ${device}`, async ({ page }) => {
      if (name !== 'a first visit') await visitAgain(page);
      await page.setViewportSize(size);
      await page.addInitScript(watch);
      const app = await hold(page, '**/*.wasm');
      const settings = await hold(page, '**/api/v1/config');
      await page.goto(path, { waitUntil: 'commit' });
      await expect(page.getByRole('heading', { level: 1, name: firstView })).toBeVisible();
      await drawn(page);
      app();
      await expect(page.locator('#starting')).toHaveCount(0);
      await drawn(page);
      settings();
      await expect(page.getByText(/^Version /)).toBeVisible();
      await expect(page.getByRole('main').getByText('Loading…')).toHaveCount(0);
      await drawn(page);
      expect(await page.evaluate(() => window.shifts())).toEqual([]);
    });
  }
}
