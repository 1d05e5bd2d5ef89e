// Checks every page and dialog on a phone and a desktop, in light, dark and forced colours, narrow, zoomed and with large
// text: axe finds nothing, and all text is readable. Leaves screenshots in target/screenshots.

import { fileURLToPath } from 'node:url';
import { expectAccessible } from './support/axe.mjs';
import { expectFits } from './support/layout.mjs';
import { expect, test } from './support/fixtures.mjs';
import { everyScreen } from './support/screens.mjs';

const SCREENSHOTS = fileURLToPath(new URL('../../target/screenshots', import.meta.url));

const DEVICES = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
};

const COLOURS = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
};

/// Windows in CSS pixels with their size of text; the default of the browser is 16.
const SIZES = {
  'a window of 320 px': { width: 320, height: 640, ratio: 1, text: 16 },
  '1280 px at 200 % zoom': { width: 640, height: 400, ratio: 2, text: 16 },
  '1280 px with text twice as large': { width: 1280, height: 800, ratio: 1, text: 32 },
  '640 px with text twice as large': { width: 640, height: 800, ratio: 1, text: 32 },
};

// Each test makes dozens of checks.
test.describe.configure({ timeout: 240_000 });

everyScreen(test, 'looks', async ({ name, page, open }) => {
  await open();
  for (const [device, size] of Object.entries(DEVICES)) {
    await page.setViewportSize(size);
    for (const [colours, media] of Object.entries(COLOURS)) {
      await page.emulateMedia(media);
      await page.screenshot({ path: `${SCREENSHOTS}/${name}-${device}-${colours}.png`, fullPage: true });
      await expectAccessible(page, `${device}, ${colours}`);
      if (colours === 'forced') await expectEdges(page, device);
    }
  }
  await page.emulateMedia(COLOURS.light);
  const session = await page.context().newCDPSession(page);
  for (const [called, { width, height, ratio, text }] of Object.entries(SIZES)) {
    await session.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: ratio, mobile: false });
    await session.send('Page.setFontSizes', { fontSizes: { standard: text, fixed: text - 3 } });
    await expect.poll(() => page.evaluate(() => [innerWidth, Number.parseFloat(getComputedStyle(document.documentElement).fontSize)])).toEqual([width, text]);
    await expectFits(page, called);
  }
});

/// Checks that controls have an edge: forced colours remove every background.
async function expectEdges(page, where) {
  const edgeless = await page.locator('button:visible, .button:visible, input:visible:not([type=file]), select:visible, textarea:visible').evaluateAll((all) =>
    all.filter((one) => {
      const { borderTopStyle, borderTopWidth, appearance } = getComputedStyle(one);
      const drawnByBrowser = one.matches('[type=radio], [type=checkbox]') && appearance !== 'none';
      return !drawnByBrowser && (borderTopStyle === 'none' || Number.parseFloat(borderTopWidth) < 1);
    }).map((one) => one.outerHTML),
  );
  expect.soft(edgeless, `controls without an edge, ${where}`).toEqual([]);
}
