// Tests of the identity provider over HTTP: `node --test identity-provider`.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { RESEARCHER, startServer } from './child-server.mjs';

const PAGE = 'http://127.0.0.1:9';
const REDIRECT_URI = `${PAGE}/callback`;

let urls;
let stop;

before(async () => {
  ({ urls, stop } = await startServer(new URL('main.mjs', import.meta.url), REDIRECT_URI));
});

after(() => stop());

/// A minimal browser: it keeps cookies and follows no redirect.
class Browser {
  #cookies = new Map();

  async fetch(url, options = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(url, urls.issuer), {
      ...options,
      redirect: 'manual',
      headers: { accept: 'text/html', cookie, ...options.headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      this.#cookies.set(name, value);
    }
    return response;
  }

  post(url, fields) {
    return this.fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
  }
}

function authorizeUrl(verifier, more = {}) {
  const url = new URL(urls.authorize_url);
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const fields = {
    client_id: urls.client_id, response_type: 'code', redirect_uri: REDIRECT_URI, scope: 'profile user', state: 'the-state',
    code_challenge: challenge, code_challenge_method: 'S256', ...more,
  };
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) url.searchParams.set(name, value);
  return url;
}

/// Signs in and answers the parameters of the callback.
async function signIn(browser, verifier, person = RESEARCHER) {
  const started = await browser.fetch(authorizeUrl(verifier));
  const submitted = await browser.post(started.headers.get('location'), person);
  const resumed = await browser.fetch(submitted.headers.get('location'));
  const callback = new URL(resumed.headers.get('location'));
  assert.equal(callback.origin + callback.pathname, REDIRECT_URI);
  return callback.searchParams;
}

async function form(url, fields, origin = PAGE) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams({ client_id: urls.client_id, ...fields }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text && JSON.parse(text) };
}

const verifierOf = () => randomBytes(32).toString('base64url');

const exchange = (code, verifier) =>
  form(urls.token_url, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, code_verifier: verifier });

const refresh = (token) => form(urls.token_url, { grant_type: 'refresh_token', refresh_token: token });

async function tokens(person) {
  const verifier = verifierOf();
  const callback = await signIn(new Browser(), verifier, person);
  const { body } = await exchange(callback.get('code'), verifier);
  return body;
}

const user = (token) => fetch(urls.user_url, { headers: { authorization: `Bearer ${token}`, origin: PAGE } });

test('the callback carries code, state and iss, without a consent step', async () => {
  const callback = await signIn(new Browser(), verifierOf());
  assert.equal(callback.get('state'), 'the-state');
  assert.equal(callback.get('iss'), urls.issuer);
  assert.ok(callback.get('code'));
});

test('a wrong password shows the page again with the reason', async () => {
  const browser = new Browser();
  const started = await browser.fetch(authorizeUrl(verifierOf()));
  const refused = await browser.post(started.headers.get('location'), { ...RESEARCHER, password: 'wrong' });
  assert.equal(refused.status, 401);
  assert.match(await refused.text(), /role="alert">E-mail address and password do not match/);
});

test('a second sign-in needs no password', async () => {
  const browser = new Browser();
  await signIn(browser, verifierOf());
  const again = await browser.fetch(authorizeUrl(verifierOf()));
  assert.match(again.headers.get('location'), /^http:\/\/127\.0\.0\.1:9\/callback\?code=/);
});

test('PKCE with S256 is required', async () => {
  for (const missing of [{ code_challenge: undefined, code_challenge_method: undefined }, { code_challenge_method: 'plain' }]) {
    const refused = await new Browser().fetch(authorizeUrl(verifierOf(), missing));
    assert.match(refused.headers.get('location'), /error=invalid_request/);
  }
  const callback = await signIn(new Browser(), verifierOf());
  const refused = await exchange(callback.get('code'), verifierOf());
  assert.deepEqual([refused.status, refused.body.error], [400, 'invalid_grant']);
});

test('the redirect URI is compared exactly', async () => {
  const refused = await new Browser().fetch(authorizeUrl(verifierOf(), { redirect_uri: `${REDIRECT_URI}/` }));
  assert.equal(refused.status, 400);
  assert.equal(refused.headers.get('location'), null);
});

test('a code works once', async () => {
  const verifier = verifierOf();
  const callback = await signIn(new Browser(), verifier);
  assert.equal((await exchange(callback.get('code'), verifier)).status, 200);
  assert.equal((await exchange(callback.get('code'), verifier)).body.error, 'invalid_grant');
});

test('the user endpoint answers like gn-auth plus email_verified', async () => {
  const { access_token: token } = await tokens();
  const response = await user(token);
  assert.equal(response.headers.get('access-control-allow-origin'), PAGE);
  assert.deepEqual(await response.json(), {
    user_id: '7989abde-2951-42d5-915f-1522eaddc55a',
    email: 'researcher00@jax.example',
    name: 'Researcher 00',
    group: false,
    email_verified: true,
  });
  const unverified = await tokens({ email: 'researcher03@uthsc.example', password: 'demo' });
  assert.equal((await (await user(unverified.access_token)).json()).email_verified, false);
});

test('the user endpoint refuses a missing and a wrong token', async () => {
  for (const headers of [{}, { authorization: 'Bearer nonsense' }]) {
    const response = await fetch(urls.user_url, { headers });
    assert.equal(response.status, 401);
    assert.deepEqual(await response.json(), { error: 'invalid_token' });
  }
});

test('a refresh token works once, and a second use revokes all tokens', async () => {
  const first = await tokens();
  const second = (await refresh(first.refresh_token)).body;
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal((await user(second.access_token)).status, 200);
  assert.equal((await refresh(first.refresh_token)).body.error, 'invalid_grant');
  assert.equal((await refresh(second.refresh_token)).body.error, 'invalid_grant');
});

test('a revoked token is refused and inactive in introspection', async () => {
  const { access_token: token } = await tokens();
  assert.equal((await form(urls.introspect_url, { token })).body.active, true);
  const revoked = await form(urls.revoke_url, { token });
  assert.equal(revoked.status, 200);
  assert.equal(revoked.headers.get('access-control-allow-origin'), PAGE);
  assert.equal((await form(urls.introspect_url, { token })).body.active, false);
  assert.equal((await user(token)).status, 401);
});

test('the token endpoint refuses pages of other origins', async () => {
  const refused = await form(urls.token_url, { grant_type: 'refresh_token', refresh_token: 'x' }, 'http://evil.example');
  assert.equal(refused.status, 400);
  assert.equal(refused.headers.get('access-control-allow-origin'), null);
  const asked = await fetch(urls.user_url, { method: 'OPTIONS', headers: { origin: 'http://evil.example' } });
  assert.equal(asked.headers.get('access-control-allow-origin'), null);
});

test('the end-session endpoint ends the session and returns to the page', async () => {
  const browser = new Browser();
  await signIn(browser, verifierOf());
  const back = `${PAGE}/`;
  const query = new URLSearchParams({ client_id: urls.client_id, post_logout_redirect_uri: back });
  const asked = await (await browser.fetch(`${urls.end_session_url}?${query}`)).text();
  const [, action] = /action="([^"]+)"/.exec(asked);
  const [, xsrf] = /name="xsrf" value="([^"]+)"/.exec(asked);
  const ended = await browser.post(action, { xsrf, logout: 'yes' });
  assert.equal(ended.headers.get('location'), back);
  const again = await browser.fetch(authorizeUrl(verifierOf()));
  assert.match(again.headers.get('location'), /\/interaction\//);
});

test('a newly registered person signs in under a new id', async () => {
  const person = { name: '<b>New</b>', email: 'fresh@example.org', password: 'correct horse' };
  const registered = await new Browser().post('/register', person);
  assert.equal(registered.status, 201);
  const { access_token: token } = await tokens(person);
  const answer = await (await user(token)).json();
  assert.equal(answer.name, '<b>New</b>');
  assert.match(answer.user_id, /^[0-9a-f-]{36}$/);
  const again = await new Browser().post('/register', { ...person, email: ' FRESH@example.org' });
  assert.equal(again.status, 409);
  assert.match(await again.text(), /&#60;b&#62;New/);
});

const order = (method, what, body, headers = { 'content-type': 'application/json' }) =>
  fetch(`${urls.issuer}/control/${what}`, { method, headers, body: JSON.stringify(body) });

const counts = async () => (await fetch(`${urls.issuer}/control/counts`)).json();

test('a refused sign-in returns access_denied', async () => {
  const browser = new Browser();
  const started = await browser.fetch(authorizeUrl(verifierOf()));
  const refused = await browser.post(started.headers.get('location'), { refuse: 'yes' });
  const resumed = await browser.fetch(refused.headers.get('location'));
  const callback = new URL(resumed.headers.get('location'));
  assert.equal(callback.searchParams.get('error'), 'access_denied');
  assert.equal(callback.searchParams.get('state'), 'the-state');
});

test('the control endpoint alters one callback only', async () => {
  assert.equal((await order('PUT', 'callback', { set: { iss: 'http://other.example' }, remove: ['state'] })).status, 204);
  const altered = await signIn(new Browser(), verifierOf());
  assert.deepEqual([altered.get('iss'), altered.get('state')], ['http://other.example', null]);
  assert.equal((await signIn(new Browser(), verifierOf())).get('iss'), urls.issuer);
});

test('the control endpoint fails or ignores one token request, and the code stays valid', async () => {
  const verifier = verifierOf();
  const callback = await signIn(new Browser(), verifier);
  await order('PUT', 'token', { status: 500 });
  assert.equal((await exchange(callback.get('code'), verifier)).status, 500);
  await order('PUT', 'token', { hang: true });
  const [patience, { unanswered }] = [new AbortController(), await counts()];
  const waiting = assert.rejects(fetch(urls.token_url, { method: 'POST', signal: patience.signal }), { name: 'AbortError' });
  // It has arrived, however busy the machine is, and one that comes later has its answer first.
  while ((await counts()).unanswered === unanswered);
  assert.equal((await exchange(callback.get('code'), verifier)).status, 200);
  patience.abort();
  await waiting;
});

test('the control endpoint expires all tokens', async () => {
  const { access_token: access, refresh_token: first } = await tokens();
  await order('POST', 'expire', {});
  assert.equal((await user(access)).status, 401);
  const { refresh_token: second } = (await refresh(first)).body;
  await order('POST', 'expire', { refresh: true });
  assert.equal((await refresh(second)).body.error, 'invalid_grant');
});

test('the control endpoint counts token requests and revocations', async () => {
  const before = await counts();
  const { refresh_token: first } = await tokens();
  const { access_token: token } = (await refresh(first)).body;
  await refresh('nonsense');
  await form(urls.revoke_url, { token });
  const after = await counts();
  const more = Object.fromEntries(Object.entries(after).map(([name, count]) => [name, count - before[name]]));
  assert.deepEqual(more, { authorization_code: 1, refresh_token: 1, refused: 1, unanswered: 0, revocation: 1 });
});

test('pages of other origins cannot use the control endpoint', async () => {
  assert.equal((await order('POST', 'expire', {}, { 'content-type': 'text/plain' })).status, 415);
  const asked = await fetch(`${urls.issuer}/control/expire`, { method: 'OPTIONS', headers: { origin: PAGE } });
  assert.equal(asked.headers.get('access-control-allow-origin'), null);
});
