// Fails a test when a secret of the sign-in is in an address, the history, a storage of the browser, the document, the
// console or a log. The guard collects the secrets while they are used.

import { readFile, stat } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { Secrets } from './secrets.mjs';
import { watchWrites } from './watch-writes.mjs';

/// Fields of requests and responses of the token endpoints.
const FIELDS = ['code', 'code_verifier', 'refresh_token', 'access_token', 'id_token'];

/// How long the guard waits for a browser, in milliseconds. Chromium can lose the end of a response whose page is left
/// at that moment; Playwright then waits for its body for ever.
const BROWSER_TIMEOUT = 15_000;

/// Returns everything that a page stores, as text.
async function kept() {
  const databases = await indexedDB.databases();
  const contents = databases.map(async ({ name }) => {
    const asked = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await asked(indexedDB.open(name));
    const stores = [...database.objectStoreNames];
    const read = async (store) => asked(database.transaction(store).objectStore(store).getAll());
    const values = await Promise.all(stores.map(read));
    database.close();
    return [name, values];
  });
  const cached = async (name) => {
    const requests = await (await caches.open(name)).keys();
    return requests.map(({ url }) => decodeURIComponent(url));
  };
  return {
    localStorage: JSON.stringify({ ...localStorage }),
    sessionStorage: JSON.stringify({ ...sessionStorage }),
    IndexedDB: JSON.stringify(await Promise.all(contents)),
    'the cache for offline use': JSON.stringify(await Promise.all((await caches.keys()).map(cached))),
    'what scripts see of the cookies': document.cookie,
    'the history': JSON.stringify([navigation.entries().map(({ url }) => url), history.state]),
    'the document': document.documentElement.outerHTML,
    'the referrer': document.referrer,
  };
}

export class SecretsGuard {
  /// The secrets of this test.
  secrets = new Secrets();
  #demo;
  #context;
  #reading = [];
  #said = [];
  #written = [];
  #addresses = [];
  #logs = new Map();

  static async watch(context, demo) {
    const guard = new SecretsGuard();
    guard.#demo = demo;
    guard.#context = context;
    guard.secrets.addAll(demo.secrets);
    for (const file of demo.logs) guard.#logs.set(file, (await stat(file)).size);
    context.on('request', (request) => guard.#noteRequest(request));
    context.on('response', (response) => {
      if (guard.#isTokenEndpoint(response.url())) guard.#reading.push(guard.#collect(response));
    });
    context.on('console', (message) => guard.#said.push(message.text()));
    context.on('page', (page) => page.on('framenavigated', (frame) => guard.#addresses.push(frame.url())));
    await watchWrites(context, (place, text) => guard.#written.push([place, text]));
    return guard;
  }

  /// Waits until everything that was issued so far is known.
  async settled() {
    await Promise.all(this.#reading.map((reading) => within(BROWSER_TIMEOUT, reading)));
  }

  /// Where a secret was found, in words that do not repeat it.
  async complaints() {
    await this.settled();
    const found = new Set();
    const look = (place, text) => {
      for (const kind of this.secrets.inBrowser(text)) found.add(`${kind} in ${place}`);
    };
    for (const url of this.#addresses) look('an address', this.#withoutAnswer(url));
    for (const text of this.#said) look('the console', text);
    for (const [place, text] of this.#written) {
      const kinds = this.secrets.inBrowser(text);
      // The verifier of an attempt waits there for the answer; that it is gone afterwards is looked at below.
      const allowed = place === 'sessionStorage' && text.startsWith('gnc:attempt:') ? ['code verifier'] : [];
      for (const kind of kinds) if (!allowed.includes(kind)) found.add(`${kind} written to ${place}`);
    }
    for (const page of this.#ours()) {
      const stored = await within(BROWSER_TIMEOUT, page.evaluate(kept));
      expect(stored, `${page.url()} does not answer`).toBeDefined();
      for (const [place, text] of Object.entries(stored)) look(place, text);
    }
    this.#demo.secrets.addAll(this.secrets);
    const [server, authServer] = await Promise.all([...this.#logs].map(tail));
    for (const kind of this.secrets.inLog(server)) found.add(`${kind} in the server’s log`);
    for (const kind of this.secrets.inBrowser(authServer)) found.add(`${kind} in the auth server’s log`);
    return [...found];
  }

  #ours() {
    return this.#context.pages().filter((page) => page.url().startsWith(this.#demo.record.url));
  }

  /// Removes the code from the address of the callback, where it is expected.
  #withoutAnswer(url) {
    const isCallback = url.startsWith(`${this.#demo.record.redirect_uri}?`);
    return isCallback ? url.replace(/([?&]code=)[^&]*/, '$1') : url;
  }

  #isTokenEndpoint(url) {
    return url === this.#demo.record.token_url || /\/api\/v1\/oauth2\/(token|refresh)$/.test(url);
  }

  #noteRequest(request) {
    const url = request.url();
    this.#addresses.push(url);
    if (url.startsWith(this.#demo.record.authorize_url)) this.secrets.add(new URL(url).searchParams.get('state'), 'state');
    if (request.method() === 'POST' && url.startsWith(this.#demo.record.issuer)) {
      this.secrets.add(new URLSearchParams(request.postData() ?? '').get('email')?.trim(), 'e-mail address');
    }
  }

  async #collect(response) {
    const sent = response.request().postData() ?? '';
    const asked = sent.startsWith('{') ? JSON.parse(sent) : Object.fromEntries(new URLSearchParams(sent));
    // Errors, preflights and "no session" have no tokens.
    const answer = await response.json().catch(() => ({}));
    for (const values of [asked, answer]) {
      for (const field of FIELDS) this.secrets.add(values[field], field.replace('_', ' '));
    }
    const headers = await response.headersArray().catch(() => []);
    for (const { name, value } of headers) {
      if (name.toLowerCase() === 'set-cookie') this.secrets.add(/^[^=]+=([^;]*)/.exec(value)?.[1], 'session cookie');
    }
  }
}

/// Waits for the promise, and returns nothing if that takes longer.
async function within(milliseconds, promise) {
  let timer;
  const timeout = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}

/// Returns the part of a file after this length.
async function tail([file, from]) {
  return (await readFile(file)).subarray(from).toString();
}
