// A person who prefers reduced motion sees no animation. Screenshots show the result.

import { fileURLToPath } from 'node:url';
import { expect, test } from './support/fixtures.mjs';

/// The longest duration in seconds that is invisible.
const SEEN = 0.01;

const SCREENSHOTS = fileURLToPath(new URL('../../target/screenshots', import.meta.url));

/// Records every animation, transition and smooth scroll from the start on.
function watch() {
  window.moved = [];
  const look = () => {
    for (const animation of document.getAnimations()) {
      const { duration, delay, iterations } = animation.effect.getComputedTiming();
      window.moved.push({ of: animation.effect.target?.className, seconds: (Number(duration) * iterations + delay) / 1000 });
    }
    if (document.documentElement && getComputedStyle(document.documentElement).scrollBehavior !== 'auto') {
      window.moved.push({ of: 'scrolling', seconds: Infinity });
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('with reduced motion nothing moves while collections are created, changed and deleted', async ({ site, page }) => {
  await page.addInitScript(watch);
  await site.open();
  await site.create('Liver', ['1:D', '2:D']);
  await site.button('New collection').hover();
  await site.link('Liver').hover();
  await site.link('Liver').click();
  await site.button('Remove 1:D').click();
  await site.button('Undo').click();
  await site.button('Export').click();
  await expect(site.button('Download')).toBeVisible();
  await page.screenshot({ path: `${SCREENSHOTS}/reduced-motion-dialog.png` });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.getByText('History', { exact: true }).click();
  await expect(page.getByRole('list', { name: 'History' })).toBeVisible();
  await site.button('Delete').click();
  await site.expectToast('was deleted.');
  const moved = await page.evaluate(() => window.moved);
  expect(moved.filter(({ seconds }) => seconds > SEEN)).toEqual([]);
});
