// Tests of the differences between the releases of gn-auth and a standard server, over HTTP: `node --test gn-auth-like`.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { RESEARCHER, startServer } from '../identity-provider/child-server.mjs';
import { submitForm } from './submit-form.mjs';

const MAIN = new URL('main.mjs', import.meta.url);
const REDIRECT_URI = 'http://127.0.0.1:9/callback';
const OTHER_URI = 'http://127.0.0.1:9/other';
const USER_ID = '7989abde-2951-42d5-915f-1522eaddc55a';
const UNVERIFIED = { email: 'researcher03@uthsc.example', password: 'demo' };

const JWT_RELEASE = '2025-with-jwt-code-grant';

/// The answers of each release, as in README.md.
const EXPECTED = {
  2024: { verifiedOnly: false, asAsked: false, methods: ['post'], accepted: true, refresh: 'unsupported_grant_type', refusal: 401, unknown: 200 },
  2025: { verifiedOnly: true, asAsked: true, methods: ['post', 'basic'], accepted: false, refresh: 'unauthorized_client', refusal: 500, unknown: 404 },
};
EXPECTED[JWT_RELEASE] = { ...EXPECTED[2025], accepted: true };

const post = (url, fields, headers = {}) => fetch(url, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) });

/// Starts a release, with functions to use it.
async function start(release, more = []) {
  const { urls, stop } = await startServer(MAIN, REDIRECT_URI, ['--redirect-uri', OTHER_URI, '--release', release, ...more]);
  const { client_id, client_secret } = urls;
  const inForm = { client_id, client_secret };
  const inHeader = { authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}` };

  const signIn = async (person = RESEARCHER) => {
    const asked = new URL(urls.authorize_url);
    const sent = {
      response_type: 'code', client_id, redirect_uri: OTHER_URI, state: 'the-state', scope: 'profile user', code_challenge: 'x'.repeat(43), code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(sent)) asked.searchParams.set(name, value);
    return submitForm(asked, person);
  };
  const code = async () => new URL((await signIn()).headers.get('location')).searchParams.get('code');
  const exchange = async (fields, headers) => {
    const response = await post(urls.token_url, { grant_type: 'authorization_code', ...fields }, headers);
    return { status: response.status, body: await response.json() };
  };
  const token = async () => (await exchange({ code: await code(), ...inForm })).body.access_token;
  const user = (value, url = urls.user_url) => {
    const authorization = value && { authorization: `Bearer ${value}` };
    return fetch(url, { redirect: 'manual', headers: { 'content-type': 'application/json', ...authorization } });
  };
  return { urls, stop, inForm, inHeader, signIn, code, exchange, token, user };
}

for (const [release, expected] of Object.entries(EXPECTED)) {
  describe(release, () => {
    let server;
    before(async () => {
      server = await start(release);
    });
    after(() => server.stop());

    test('the callback has a code, and the user\'s id where the redirect URI is the one asked for', async () => {
      const callback = new URL((await server.signIn()).headers.get('location'));
      assert.equal(callback.origin + callback.pathname, expected.asAsked ? OTHER_URI : REDIRECT_URI);
      const { code, ...others } = Object.fromEntries(callback.searchParams);
      assert.match(code, /^[\w-]{32}$/);
      assert.deepEqual(others, expected.asAsked ? { user_id: USER_ID } : {}, 'state is dropped');
    });

    test('a wrong password is refused, and an unverified address where that is checked', async () => {
      const wrong = await server.signIn({ ...RESEARCHER, password: 'wrong' });
      assert.equal(wrong.status, 401);
      assert.match(await wrong.text(), /role="alert">E-mail address and password do not match/);
      const unverified = await server.signIn(UNVERIFIED);
      assert.equal(unverified.status, expected.verifiedOnly ? 401 : 302);
      if (expected.verifiedOnly) assert.match(await unverified.text(), /role="alert">Verify your e-mail address/);
    });

    test('the password grant accepts unverified people, but the user endpoint does not where that is checked', async () => {
      const fields = { grant_type: 'password', username: UNVERIFIED.email, password: UNVERIFIED.password, ...server.inForm };
      const { status, body } = await server.exchange(fields);
      assert.equal(status, 200);
      assert.equal((await server.user(body.access_token)).status === 200, !expected.verifiedOnly);
      assert.equal((await server.exchange({ ...fields, password: 'wrong' })).body.error, 'invalid_grant');
    });

    test('a code is exchanged once for a token of ten days, whatever the verifier', async () => {
      const fields = { code: await server.code(), code_verifier: 'not the verifier', ...server.inForm };
      const { status, body } = await server.exchange(fields);
      assert.equal(status, 200);
      const { access_token: token, ...others } = body;
      assert.deepEqual(others, { expires_in: 864_000, scope: 'profile user', token_type: 'Bearer', user_id: USER_ID });
      assert.equal(token.split('.').length, release === JWT_RELEASE ? 3 : 1);
      assert.deepEqual(await server.exchange(fields), { status: 400, body: { error: 'invalid_grant' } });
    });

    test('there are no refresh tokens for a client that is not registered for them', async () => {
      const refused = await server.exchange({ grant_type: 'refresh_token', refresh_token: 'x', ...server.inForm });
      assert.deepEqual(refused, { status: 400, body: { error: expected.refresh } });
    });

    test('the token endpoint accepts a form with the secret sent as the release knows it', async () => {
      const { client_id: id } = server.inForm;
      const requests = { post: [server.inForm], basic: [{ client_id: id }, server.inHeader] };
      for (const [method, [fields, headers]] of Object.entries(requests)) {
        const { status, body } = await server.exchange({ code: await server.code(), ...fields }, headers);
        const isAccepted = expected.methods.includes(method);
        assert.deepEqual([status, body.error], isAccepted ? [200, undefined] : [401, 'invalid_client'], method);
      }
      for (const wrong of [{ client_id: id }, { client_id: id, client_secret: 'wrong' }]) {
        assert.deepEqual(await server.exchange({ code: await server.code(), ...wrong }), { status: 401, body: { error: 'invalid_client' } });
      }
      const json = await fetch(server.urls.token_url, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ grant_type: 'authorization_code', ...server.inForm }),
      });
      assert.equal(json.status, 400);
    });

    test('the user endpoint answers the token of the code grant, unless nobody stored it', async () => {
      const answer = await server.user(await server.token());
      assert.equal(answer.status, expected.accepted ? 200 : 500);
      if (expected.accepted) {
        assert.deepEqual(await answer.json(), { user_id: USER_ID, email: 'researcher00@jax.example', name: 'Researcher 00', group: false });
      } else {
        assert.equal((await answer.json()).error, 'InvalidTokenError');
      }
      assert.equal((await server.user('any', server.urls.user_url.slice(0, -1))).status, 308);
    });

    test('a missing or wrong token is refused with the status of the release', async () => {
      const errors = expected.refusal === 401 ? ['missing_authorization', 'invalid_token'] : ['MissingAuthorizationError', 'InvalidTokenError'];
      for (const [index, token] of [undefined, 'nonsense'].entries()) {
        const refused = await server.user(token);
        assert.deepEqual([refused.status, (await refused.json()).error], [expected.refusal, errors[index]]);
      }
      // Without the content type of a program, an exception becomes a page.
      const html = await fetch(server.urls.user_url);
      assert.equal(html.status, expected.refusal);
      assert.match(html.headers.get('content-type'), expected.refusal === 401 ? /json/ : /html/);
    });

    test('revocation takes client_secret_basic only, and ends the token', async () => {
      const token = await server.token();
      const asAnswered = async (fields, headers) => {
        const answer = await post(server.urls.revoke_url, { token, token_type_hint: 'access_token', ...fields }, headers);
        return [answer.status, (await answer.json()).error];
      };
      assert.deepEqual(await asAnswered(server.inForm), [401, 'invalid_client']);
      assert.equal((await server.user(token)).status, expected.accepted ? 200 : 500);
      assert.deepEqual(await asAnswered({}, server.inHeader), [200, undefined]);
      assert.equal((await server.user(token)).status, expected.refusal);
    });

    test('unknown addresses, discovery among them, answer a page', async () => {
      for (const path of ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server', '/nowhere']) {
        const answer = await fetch(server.urls.issuer + path);
        assert.equal(answer.status, expected.unknown);
        assert.match(answer.headers.get('content-type'), /text\/html/);
      }
    });

    test('the keys have a document of their own kind from 2025 on', async () => {
      const answer = await fetch(`${server.urls.issuer}/auth/public-jwks`);
      if (release === '2024') {
        assert.match(answer.headers.get('content-type'), /text\/html/);
        return;
      }
      const document = await answer.json();
      assert.deepEqual(Object.keys(document), ['documentation', 'jwks']);
      assert.equal(document.jwks[0].d, undefined, 'the private key stays private');
      if (release !== JWT_RELEASE) return;
      const token = await server.token();
      assert.equal(decodeProtectedHeader(token).alg, 'RS256');
      const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: document.jwks }));
      const { client_id: client } = server.inForm;
      const { iat, ...claims } = decodeJwt(token);
      assert.equal(payload.iat, iat);
      assert.deepEqual(claims, { iss: server.urls.issuer, sub: USER_ID, client_id: client, oauth2_client_id: client });
    });

    test('an unknown redirect URI is refused where it matters', async () => {
      const asked = new URL(server.urls.authorize_url);
      asked.searchParams.set('client_id', server.inForm.client_id);
      asked.searchParams.set('redirect_uri', 'https://evil.example/callback');
      assert.equal((await fetch(asked)).status, expected.asAsked ? 400 : 200);
    });

    test('a registered person can sign in', async () => {
      const person = { name: 'New', email: 'fresh@example.org', password: 'correct horse' };
      assert.equal((await post(server.urls.register_url, person)).status, 201);
      assert.equal((await server.signIn(person)).status, 302);
    });
  });
}

test('a client registered for refresh tokens gets them from 2025 on, and cannot use them', async () => {
  for (const release of Object.keys(EXPECTED)) {
    const server = await start(release, ['--refresh-grant']);
    try {
      const { body } = await server.exchange({ code: await server.code(), ...server.inForm });
      if (release === '2024') {
        assert.equal(body.refresh_token, undefined);
      } else {
        const used = await server.exchange({ grant_type: 'refresh_token', refresh_token: body.refresh_token, ...server.inForm });
        assert.deepEqual(used, { status: 400, body: { error: 'invalid_grant' } });
      }
    } finally {
      server.stop();
    }
  }
});

test('an unknown release is refused with the known ones', () => {
  const args = [fileURLToPath(MAIN), '--people', 'x', '--redirect-uri', REDIRECT_URI, '--release', '2023'];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.equal(status, 2);
  assert.match(stderr, /--release must be one of 2024, 2025, 2025-with-jwt-code-grant/);
});
