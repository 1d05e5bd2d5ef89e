// Audits a page with Lighthouse on its phone profile (a slow phone on a slow line, both simulated) and prints
// `{"scores": [{"category", "each": […]}], "metrics": [{"title", "each": […]}], "failures": […], "longTasks": […]}`. Arguments: the folder with
// Lighthouse, the browser, the address, how often.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, browser, url, times] = process.argv.slice(-4);
const load = (path) => import(pathToFileURL(join(folder, 'node_modules', path)).href);
const { default: lighthouse } = await load('lighthouse/core/index.js');
const { launch } = await load('chrome-launcher/dist/index.js');

const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
const METRICS = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', 'speed-index', 'interactive'];

const runs = [];
for (let run = 0; run < Number(times); run += 1) {
  // A new profile each time: nothing is in its cache.
  const chrome = await launch({ chromePath: browser, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'error' });
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    runs.push(lhr);
  } finally {
    chrome.kill();
  }
}

const last = runs.at(-1);
const failures = CATEGORIES.flatMap((category) =>
  last.categories[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && last.audits[id].score !== null && last.audits[id].score < 0.9)
    .map(({ id }) => `${category}: ${last.audits[id].title}${last.audits[id].displayValue ? ` (${last.audits[id].displayValue})` : ''}`),
);
const each = (pick) => runs.map(pick);
process.stdout.write(
  JSON.stringify({
    scores: CATEGORIES.map((category) => ({ category, each: each((run) => Math.round(run.categories[category].score * 100)) })),
    metrics: METRICS.map((id) => ({ title: last.audits[id].title, each: each((run) => run.audits[id].displayValue) })),
    longTasks: each((run) => Math.round(Math.max(0, ...(run.audits['long-tasks']?.details?.items ?? []).map(({ duration }) => duration)))),
    failures,
  }),
);
