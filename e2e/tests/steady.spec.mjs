// While the page starts, nothing that is there already moves: neither when the app takes the place of what was there before, nor
// when its data comes, however late.

import { expect, test } from './support/fixtures.mjs';
import { drawn } from './support/frames.mjs';

const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 412, height: 823 } };

/// Notes what the browser counts as a shift of the layout, and what has moved.
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

/// Holds requests back until it is told to let them go.
async function hold(page, pattern) {
  let release;
  const released = new Promise((resolve) => {
    release = resolve;
  });
  await page.route(pattern, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

for (const [device, size] of Object.entries(SIZES)) {
  for (const path of ['/', '/activity', '/local/none']) {
    test(`nothing moves on the way to ${path} on a ${device}`, async ({ page }) => {
      await page.setViewportSize(size);
      await page.addInitScript(watch);
      const app = await hold(page, '**/*.wasm');
      const settings = await hold(page, '**/api/v1/config');
      await page.goto(path, { waitUntil: 'commit' });
      await expect(page.getByText('Loading…')).toBeVisible();
      await drawn(page);
      app();
      await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
      await drawn(page);
      settings();
      await expect(page.getByText(/^Version /)).toBeVisible();
      await expect(page.getByRole('main').getByText('Loading…')).toHaveCount(0);
      await drawn(page);
      expect(await page.evaluate(() => window.shifts())).toEqual([]);
    });
  }
}
