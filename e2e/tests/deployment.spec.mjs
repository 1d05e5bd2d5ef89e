// A new version of the page is deployed while a tab is open: page and worker always belong together.

import { expect, test } from './support/fixtures.mjs';
import { ProxyServer } from './support/proxy-server.mjs';
import { Site } from './support/site.mjs';

const WORKER = /\/worker-[0-9a-f]{16}\.js$/;
const NEXT = '/worker-0123456789abcdef.js';
const FILE = { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('2:D\r\n') };

test.beforeEach(({ guard }) => guard.allow(/Failed to load resource|worker-/));

/// Opens a tab with a collection, and returns the path of its worker; `deploy` replaces the page by one with another worker.
async function openBefore(page, demo) {
  const proxy = await ProxyServer.start(demo.record.url);
  const site = new Site(page, { ...demo, record: { ...demo.record, url: proxy.url } });
  await site.open(proxy.url);
  await site.create('Before', ['1:D']);
  await site.link('Before').click();
  await expect(site.heading('Before')).toBeVisible();
  const html = await (await page.request.get(proxy.url)).text();
  const own = html.match(/\/worker-[0-9a-f]{16}\.js/)[0];
  const script = await (await page.request.get(new URL(own, proxy.url).href)).text();
  const asked = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (WORKER.test(pathname)) asked.push(pathname);
  });
  const deploy = () => {
    proxy.replaced.set(own, null).set(NEXT, script).set('/', html.replace(own, NEXT));
  };
  return { proxy, site, own, asked, deploy };
}

const choose = (page) => page.getByLabel('Or choose files, or drop them here').setInputFiles(FILE);

test('the files of the worker are cached forever, and the page names the worker of its build', async ({ page, demo }) => {
  const html = await (await page.request.get(demo.record.url)).text();
  const own = html.match(/\/worker-[0-9a-f]{16}\.js/)[0];
  const script = await page.request.get(new URL(own, demo.record.url).href);
  const [module] = (await script.text()).match(/\/worker-[0-9a-f]{16}_bg\.wasm/);
  for (const path of [own, module]) {
    const answer = await page.request.get(new URL(path, demo.record.url).href);
    expect(answer.status()).toBe(200);
    expect(answer.headers()['cache-control']).toContain('immutable');
  }
});

test('an old tab requests its own worker only, suggests a reload, and works after it', async ({ page, demo }) => {
  const { proxy, site, own, asked, deploy } = await openBefore(page, demo);
  deploy();
  await choose(page);
  await expect(page.getByText('This could not be read')).toContainText('there may be a newer version');
  expect(asked).toEqual([own]);

  await site.open(proxy.url);
  await site.link('Before').click();
  await choose(page);
  await site.button('Add 1 trait').click();
  await site.expectToast('1 trait added and saved in this browser.');
  expect(asked).toEqual([own, NEXT]);
  await proxy.stop();
});

test.describe('with a service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('an old tab keeps its own worker when the server no longer has it', async ({ page, demo }) => {
    const { proxy, site, own, asked, deploy } = await openBefore(page, demo);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
    deploy();
    await choose(page);
    await site.button('Add 1 trait').click();
    await site.expectToast('1 trait added and saved in this browser.');
    expect(new Set(asked)).toEqual(new Set([own]));
    await proxy.stop();
  });
});
