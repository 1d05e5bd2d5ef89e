// Walks through every page and dialog by Tab: each stop is visible, no control is skipped, the order leads down the page,
// and the focus stays in a dialog.

import { expect, test } from '../support/fixtures.mjs';
import { drawn } from '../support/frames.mjs';
import { Keyboard } from '../support/keyboard.mjs';
import { everyScreen } from '../support/screens.mjs';

/// More stops than any screen has.
const MOST = 400;

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

test.describe.configure({ timeout: 240_000 });

everyScreen(test, 'stops', async ({ page, open }) => {
  const keyboard = new Keyboard(page);
  await open();
  if ((await usable(page)) === 0) return;
  for (const window of [DESKTOP, PHONE]) {
    await page.setViewportSize(window);
    await drawn(page);
    const stops = await walk(keyboard, page);
    expect(stops.map(({ what }) => what).length, 'stops').toBeGreaterThanOrEqual(await usable(page));
    // On a phone all stands in one column.
    if (window === PHONE) expect(upwards(stops), 'where the way leads up again').toEqual([]);
  }
});

/// Presses Tab until a stop repeats, and returns the stops.
async function walk(keyboard, page) {
  await page.evaluate(() => {
    window.walked = new Set();
  });
  const stops = [];
  for (let pressed = 0; pressed < MOST; pressed += 1) {
    const seen = await keyboard.step();
    // Past the last one come the controls of the browser.
    if (!seen) continue;
    if (seen.dialogOpen) expect(seen.inDialog, `${seen.what} is in the dialog`).toBe(true);
    const isNew = await page.evaluate(() => !window.walked.has(document.activeElement) && Boolean(window.walked.add(document.activeElement)));
    if (!isNew) return fromTheStart(stops);
    stops.push(seen);
  }
  throw new Error(`no end after ${MOST} stops: ${stops.map(({ what }) => what).join(', ')}`);
}

/// The round may begin in the middle of the page, where opening the screen left the focus.
function fromTheStart(stops) {
  const skip = stops.findIndex(({ what }) => what.includes('Skip to the content'));
  const tops = stops.map(({ top }) => top);
  const first = skip < 0 ? tops.indexOf(Math.min(...tops)) : skip;
  return [...stops.slice(first), ...stops.slice(0, first)];
}

/// Counts the controls of the page or its dialog. A group of radio buttons is one stop, and so is a grid, which has keys of its
/// own (see table.spec.mjs).
function usable(page) {
  return page.evaluate(() => {
    const within = document.querySelector('dialog[open]') ?? document;
    const all = [...within.querySelectorAll('a[href], button, input, select, textarea, summary')];
    const inGrid = (one) => one.closest('[role=grid]') && one.tabIndex < 0;
    const used = all.filter((one) => !one.disabled && one.checkVisibility() && !inGrid(one));
    return new Set(used.map((one) => (one.type === 'radio' ? one.name : one))).size;
  });
}

/// Returns the stops that are above the stop before, without controls that float over the page.
function upwards(stops) {
  const placed = stops.filter(({ floats }) => !floats);
  return placed.filter((stop, n) => n > 0 && stop.bottom <= placed[n - 1].top).map(({ what }) => what);
}
