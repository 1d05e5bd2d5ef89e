// Pastes 30,000 traits into a collection and prints `[{"interactive", "reported", "saved", "longest"}, …]`, in ms: until what is typed next
// stands in the field, until the report is there, until all is saved; and the longest task on the page's thread meanwhile.
// Arguments: the folder with the packages, the browser, the address, how often.

import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, executablePath, url, times] = process.argv.slice(-4);
const { chromium } = createRequire(join(folder, 'package.json'))('@playwright/test');

const COUNT = 30_000;
const TEXT = Array.from({ length: COUNT }, (_, n) => `${1_400_000 + n}_at:HC_M2_0606_P`).join('\n');

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
const runs = [];
for (let run = 0; run < Number(times); run += 1) {
  const context = await browser.newContext({ locale: 'en-GB', permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    }).observe({ type: 'longtask' });
  });
  await page.goto(url);
  await page.getByRole('button', { name: 'New collection' }).click();
  await page.getByLabel('Name').fill('Large');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('link', { name: 'Large' }).click();
  const field = page.getByLabel('Traits to add');
  await page.evaluate((text) => navigator.clipboard.writeText(text), TEXT);
  await field.focus();
  await page.evaluate(() => {
    window.longest = 0;
  });
  const begun = performance.now();
  const since = () => Math.round(performance.now() - begun);
  await page.keyboard.press('ControlOrMeta+V');
  await page.keyboard.type('2_at:HC_M2_0606_P');
  await page.waitForFunction((field) => field.value === '2_at:HC_M2_0606_P', await field.elementHandle(), { polling: 'raf' });
  const interactive = since();
  await page.getByText('30,000 traits will be added').waitFor();
  const reported = since();
  await page.getByRole('button', { name: 'Add 30,001 traits' }).click();
  await page.getByText('30,001 traits added and saved in this browser.').waitFor();
  const saved = since();
  // What is drawn last belongs to it.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const longest = Math.round(await page.evaluate(() => window.longest));
  runs.push({ interactive, reported, saved, longest });
  await context.close();
}
await browser.close();
process.stdout.write(JSON.stringify(runs));
