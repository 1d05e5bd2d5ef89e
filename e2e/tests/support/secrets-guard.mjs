// No test may pass while a secret of the sign-in lies where it does not belong: in an address, the history, a storage of
// the browser, the document, the console or a log. What the secrets are is collected while they are used.

import { readFile, stat } from 'node:fs/promises';

/// Fields of requests to, and answers of, the token endpoints.
const FIELDS = ['code', 'code_verifier', 'refresh_token', 'access_token'];

/// Everything that a page can keep for later, as text.
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
  return {
    localStorage: JSON.stringify({ ...localStorage }),
    sessionStorage: JSON.stringify({ ...sessionStorage }),
    IndexedDB: JSON.stringify(await Promise.all(contents)),
    'what scripts see of the cookies': document.cookie,
    'the history': JSON.stringify([navigation.entries().map(({ url }) => url), history.state]),
    'the document': document.documentElement.outerHTML,
  };
}

export class SecretsGuard {
  /// Each secret that was used, and what it is.
  secrets = new Map();
  #demo;
  #context;
  #reading = [];
  #said = [];
  #addresses = [];
  #logs = new Map();

  static async watch(context, demo) {
    const guard = new SecretsGuard();
    guard.#demo = demo;
    guard.#context = context;
    if (demo.record.client_secret) guard.secrets.set(demo.record.client_secret, 'client secret');
    for (const file of demo.logs) guard.#logs.set(file, (await stat(file)).size);
    context.on('response', (response) => {
      if (guard.#isTokenEndpoint(response.url())) guard.#reading.push(guard.#collect(response));
    });
    context.on('request', (request) => guard.#addresses.push(request.url()));
    context.on('console', (message) => guard.#said.push(message.text()));
    return guard;
  }

  /// Waits until everything that was issued so far is known.
  async settled() {
    await Promise.all(this.#reading);
  }

  /// Where a secret was found, in words that do not repeat it.
  async complaints() {
    await this.settled();
    const found = [];
    const look = (place, text) => {
      for (const [secret, kind] of this.secrets) if (text.includes(secret)) found.push(`${kind} in ${place}`);
    };
    // The sign-in server sends the browser back with the code in the address: that one address, and no other.
    const isCallback = (url) => url.startsWith(`${this.#demo.record.redirect_uri}?`);
    for (const url of this.#addresses) {
      const told = isCallback(url) ? url.replace(/([?&]code=)[^&]*/, '$1') : url;
      look('a requested address', decodeURIComponent(told));
    }
    for (const text of this.#said) look('the console', text);
    const ours = this.#context.pages().filter((page) => page.url().startsWith(this.#demo.record.url));
    for (const page of ours) {
      look('the address bar', decodeURIComponent(page.url()));
      for (const [place, text] of Object.entries(await page.evaluate(kept))) look(place, text);
    }
    for (const [file, text] of await this.logs()) look(file, text);
    return [...new Set(found)];
  }

  /// What was logged since this guard began, by file.
  async logs() {
    const tail = async ([file, from]) => [file.split('/').at(-1), (await readFile(file)).subarray(from).toString()];
    return Promise.all([...this.#logs].map(tail));
  }

  #isTokenEndpoint(url) {
    return url === this.#demo.record.token_url || /\/api\/v1\/oauth2\/(token|refresh)$/.test(url);
  }

  async #collect(response) {
    const sent = response.request().postData() ?? '';
    const asked = sent.startsWith('{') ? JSON.parse(sent) : Object.fromEntries(new URLSearchParams(sent));
    // Refusals, preflights and "no session" have no tokens in them.
    const answer = await response.json().catch(() => ({}));
    for (const values of [asked, answer]) {
      for (const field of FIELDS) if (values[field]) this.secrets.set(values[field], field.replace('_', ' '));
    }
  }
}
