// Each way in which gn-auth differs from a standard server, over plain HTTP: `node --test gn-auth-like`.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const REDIRECT_URI = 'http://127.0.0.1:9/callback';
const RESEARCHER = { email: 'Researcher00@jax.example', password: 'demo' };

let child;
let urls;

before(async () => {
  const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
  const args = [path('main.mjs'), '--people', path('../data/people.json'), '--redirect-uri', REDIRECT_URI];
  child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface({ input: child.stdout })) {
    urls = JSON.parse(line);
    break;
  }
});

after(() => child.kill());

const post = (url, fields, headers = {}) => fetch(url, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) });

/// Submits the sign-in form as a browser does that was sent there with everything a client sends.
async function signIn(person) {
  const asked = new URL(urls.authorize_url);
  const sent = {
    response_type: 'code', client_id: urls.client_id, redirect_uri: 'http://127.0.0.1:9/elsewhere', state: 'the-state', scope: 'profile user',
    code_challenge: 'x'.repeat(43), code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(sent)) asked.searchParams.set(name, value);
  const html = await (await fetch(asked)).text();
  const [, action] = /action="([^"]+)"/.exec(html);
  const hidden = [...html.matchAll(/type="hidden" name="([^"]+)" value="([^"]+)"/g)].map(([, name, value]) => [name, value]);
  return post(new URL(action, asked.origin), { ...Object.fromEntries(hidden), ...person });
}

async function code() {
  return new URL((await signIn(RESEARCHER)).headers.get('location')).searchParams.get('code');
}

const credentials = () => ({ client_id: urls.client_id, client_secret: urls.client_secret });

async function exchange(fields, headers) {
  const response = await post(urls.token_url, { grant_type: 'authorization_code', ...fields }, headers);
  return { status: response.status, body: await response.json() };
}

const user = (token, url = urls.user_url) => fetch(url, { redirect: 'manual', headers: { authorization: `Bearer ${token}` } });

test('the code goes to the default redirect URI, and nothing else comes back', async () => {
  const callback = new URL((await signIn(RESEARCHER)).headers.get('location'));
  assert.equal(callback.origin + callback.pathname, REDIRECT_URI);
  assert.deepEqual([...callback.searchParams.keys()], ['code']);
});

test('a wrong password and an unverified address are refused with the reason', async () => {
  const wrong = await signIn({ ...RESEARCHER, password: 'wrong' });
  assert.equal(wrong.status, 401);
  assert.match(await wrong.text(), /role="alert">E-mail address and password do not match/);
  const unverified = await signIn({ email: 'researcher03@uthsc.example', password: 'demo' });
  assert.match(await unverified.text(), /role="alert">Verify your e-mail address/);
});

test('a code buys a token for ten days, without PKCE and without a refresh token', async () => {
  const bought = await exchange({ code: await code(), code_verifier: 'not the verifier', ...credentials() });
  assert.equal(bought.status, 200);
  assert.equal(bought.body.expires_in, 864_000);
  assert.equal(bought.body.token_type, 'Bearer');
  assert.equal(bought.body.refresh_token, undefined);
  const again = await exchange({ grant_type: 'refresh_token', refresh_token: 'x', ...credentials() });
  assert.deepEqual([again.status, again.body.error], [400, 'unsupported_grant_type']);
});

test('a code is good once', async () => {
  const fields = { code: await code(), ...credentials() };
  assert.equal((await exchange(fields)).status, 200);
  assert.deepEqual((await exchange(fields)).body, { error: 'invalid_grant' });
});

test('only a form with the secret in it is understood', async () => {
  const { client_id: id, client_secret: secret } = credentials();
  const basic = { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
  for (const [fields, headers] of [[{ client_id: id }], [{ client_id: id, client_secret: 'wrong' }], [{ client_id: id }, basic]]) {
    assert.deepEqual(await exchange({ code: await code(), ...fields }, headers), { status: 401, body: { error: 'invalid_client' } });
  }
  const json = await fetch(urls.token_url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'authorization_code', code: await code(), ...credentials() }),
  });
  assert.equal(json.status, 400);
});

test('the user endpoint answers in the shape of gn-auth, under its exact address', async () => {
  const { body } = await exchange({ code: await code(), ...credentials() });
  const answer = await user(body.access_token);
  assert.deepEqual(await answer.json(), {
    user_id: '7989abde-2951-42d5-915f-1522eaddc55a',
    email: 'researcher00@jax.example',
    name: 'Researcher 00',
    group: false,
  });
  assert.equal((await user(body.access_token, urls.user_url.slice(0, -1))).status, 308);
  const refused = await user('nonsense');
  assert.deepEqual([refused.status, (await refused.json()).error], [401, 'invalid_token']);
});

test('every unknown address is a page with status 200', async () => {
  for (const path of ['/.well-known/openid-configuration', '/auth/revoke', '/nowhere']) {
    const answer = await fetch(urls.issuer + path);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type'), /text\/html/);
  }
});

test('who registers can sign in', async () => {
  const person = { name: 'New', email: 'fresh@example.org', password: 'correct horse' };
  assert.equal((await post(urls.register_url, person)).status, 201);
  assert.equal((await signIn(person)).status, 302);
});
