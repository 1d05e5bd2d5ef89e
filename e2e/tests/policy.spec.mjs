// The content security policy in a real browser: the page follows it, and injected code does not run. A violation is an
// error in the console, which the guard of every test finds.

import { expect, test } from './support/fixtures.mjs';

/// Injected code by the directive that must stop it.
const INJECTIONS = {
  'script-src-elem': () => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.head.append(script);
  },
  'style-src-attr': () => document.body.setAttribute('style', 'outline: 1px solid red'),
  'style-src-elem': () => {
    const style = document.createElement('style');
    style.textContent = 'body { outline: 1px solid red }';
    document.head.append(style);
  },
  'img-src': () => {
    new Image().src = 'http://127.0.0.1:9/pixel.png';
  },
  'connect-src': () => {
    fetch('http://127.0.0.1:9/').catch(() => {});
  },
  'frame-src': () => {
    const frame = document.createElement('iframe');
    frame.src = 'http://127.0.0.1:9/';
    document.body.append(frame);
  },
};

test('the page follows its content security policy, and the guard reports violations', async ({ page, site, guard }) => {
  await site.open();
  expect(guard.complaints()).toEqual([]);
  await page.evaluate(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.effectiveDirective));
  });
  for (const [directive, inject] of Object.entries(INJECTIONS)) {
    const seen = guard.complaints().length;
    await page.evaluate(inject);
    await expect.poll(() => page.evaluate(() => window.violations)).toContain(directive);
    await expect.poll(() => guard.complaints().length, directive).toBeGreaterThan(seen);
  }
  expect(await page.evaluate(() => window.injected)).toBeUndefined();
  guard.allow(/Content Security Policy/);
});

test('no other page can show this one in a frame', async ({ page, baseURL, guard }) => {
  const body = `<iframe src="${baseURL}/"></iframe>`;
  await page.route('http://other.example/', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto('http://other.example/');
  // The browser has asked, and shows its own words instead of the answer.
  await expect.poll(() => page.frames().map((frame) => frame.url()).join(' ')).toContain('chrome-error://');
  expect((await page.request.get('/')).ok()).toBe(true);
  guard.allow(/frame-ancestors/);
});
