// Tests of the guard of secrets, which runs in every test.

import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../support/fixtures.mjs';
import { Secrets } from '../support/secrets.mjs';
import { SecretsGuard } from '../support/secrets-guard.mjs';
import { EMAIL } from './support.mjs';

/// A secret that the guard of this test itself does not know.
const SECRET = 'planted+in/every-place';

/// Returns a guard that knows this secret and reads copies of the logs.
async function guardOf(context, demo) {
  const folder = await mkdtemp(join(tmpdir(), 'gn-collections-guard-'));
  const logs = ['server.log', 'identity-provider.log'].map((name) => join(folder, name));
  await Promise.all(logs.map((file) => writeFile(file, 'before\n')));
  const secrets = new Secrets();
  secrets.add(SECRET, 'access token');
  secrets.add(EMAIL, 'e-mail address');
  const guard = await SecretsGuard.watch(context, { record: demo.record, logs, secrets });
  return { guard, logs, done: () => rm(folder, { recursive: true }) };
}

/// Mistakes of a page by the complaint about them.
const CARELESS = {
  'access token written to localStorage': (secret) => { localStorage.setItem('t', secret); localStorage.removeItem('t'); },
  'access token in localStorage': (secret) => localStorage.setItem('t', secret),
  'access token written to sessionStorage': (secret) => sessionStorage.setItem('gnc:attempt:x', JSON.stringify({ secret })),
  'access token written to IndexedDB': (secret) => new Promise((resolve) => {
    const asked = indexedDB.open('careless', 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore('s', { autoIncrement: true });
    asked.onsuccess = () => {
      const transaction = asked.result.transaction('s', 'readwrite');
      transaction.objectStore('s').put({ deep: [secret] });
      transaction.oncomplete = () => { asked.result.close(); resolve(); };
    };
  }),
  'access token in IndexedDB': () => {},
  'access token written to the history': (secret) => history.replaceState({ secret }, '', '/'),
  'access token in the history': (secret) => history.pushState(null, '', `/?t=${encodeURIComponent(secret)}`),
  'access token in an address': (secret) => fetch(`/api/v1/config?t=${encodeURIComponent(secret)}`),
  'access token written to a cookie that scripts see': (secret) => { document.cookie = `t=${secret}`; },
  'access token in what scripts see of the cookies': () => {},
  'access token in the cache for offline use': async (secret) => {
    const cache = await caches.open('careless');
    await cache.put(`/?t=${encodeURIComponent(secret)}`, new Response());
  },
  'access token in the console': (secret) => console.info(secret),
  'access token in the document': (secret) => { document.body.dataset.t = secret; },
};

test('the guard finds a secret in every storage of the browser', async ({ context, page, demo }) => {
  const { guard, done } = await guardOf(context, demo);
  const tab = await context.newPage();
  await tab.goto('/');
  expect(await guard.complaints()).toEqual([]);
  for (const [complaint, act] of Object.entries(CARELESS)) {
    await tab.evaluate(act, SECRET);
    expect(await guard.complaints()).toContain(complaint);
  }
  await done();
  await page.close();
});

test('the guard finds a secret in the logs in every encoding, and an address in the log of the server only', async ({ context, demo }) => {
  const { guard, logs, done } = await guardOf(context, demo);
  const [server, authServer] = logs;
  await appendFile(server, `{"body":"x=${encodeURIComponent(SECRET).toLowerCase()}"}\n`);
  expect(await guard.complaints()).toEqual(['access token in the server’s log']);
  await appendFile(authServer, `${EMAIL}\n`);
  expect(await guard.complaints()).toEqual(['access token in the server’s log']);
  await appendFile(authServer, `${SECRET}\n`);
  await appendFile(server, `${EMAIL.toUpperCase()}\n`);
  expect((await guard.complaints()).sort()).toEqual([
    'access token in the auth server’s log', 'access token in the server’s log', 'e-mail address in the server’s log',
  ]);
  await done();
});

test('the guard knows all secrets of a sign-in, and reads the log of the whole run', async ({ site, demo, secrets }) => {
  await site.openSignedIn(EMAIL);
  await secrets.settled();
  const [log] = demo.logs;
  expect(await readFile(log, 'utf8')).toContain('"level":"TRACE"');
  const found = demo.dropsState
    ? ['access token', 'client secret', 'code', 'code verifier', 'e-mail address', 'session cookie', 'state']
    : ['access token', 'code', 'code verifier', 'e-mail address', 'id token', 'refresh token', 'state'];
  expect(secrets.secrets.kinds()).toEqual(found);
});
