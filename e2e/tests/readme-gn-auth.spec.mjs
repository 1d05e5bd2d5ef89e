// The README's section "Run it beside gn-auth", followed literally with each release that it names. No demo is involved: the
// settings are those of .env.sample and of the README, with other addresses, client and secret.

import { expect, test } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { submitForm } from '../gn-auth-like/submit-form.mjs';
import { RESEARCHER, startServer } from '../identity-provider/child-server.mjs';
import { fill } from './support/content.mjs';
import { freePort, RedisServer } from './support/redis-server.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
// `cargo xtask test e2e` names the program that it has built.
const SERVER = process.env.GNC_E2E_SERVER ?? join(ROOT, 'target/debug/gn-collections');
const UNVERIFIED = { email: 'researcher03@uthsc.example', password: 'demo' };

/// The releases as the README names them.
const RELEASES = { '2025 with one more line': '2025-with-jwt-code-grant', '2025 as it is': '2025', 2024: '2024' };

/// Returns the settings and the names of the releases in the README.
async function readSection() {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const [, section] = /\n## Run it beside gn-auth\n(.+?)\n## /s.exec(readme);
  const [, block] = /```sh\n(.+?)```/s.exec(section);
  const names = [...section.matchAll(/^ +- \*\*([^*]+)\*\*:/gm)].map(([, name]) => name);
  return { settings: block.replaceAll(/^ {3}/gm, ''), names };
}

/// Replaces the values of settings in a file for shells.
function replaceValues(file, values) {
  return Object.entries(values).reduce((text, [name, value]) => {
    const line = new RegExp(`^${name}=.*$`, 'm');
    expect(text, `${name} is there to be filled in`).toMatch(line);
    return text.replace(line, `${name}='${value}'`);
  }, file);
}

/// Installs gn-collections as the README says, beside this release.
class Deployment {
  static async start(release, more = '') {
    const deployment = new Deployment();
    deployment.folder = await mkdtemp(join(tmpdir(), 'gn-collections-readme-'));
    deployment.redis = await RedisServer.start(deployment.folder);
    await fill(deployment.redis.client);
    const port = await freePort();
    deployment.url = `http://127.0.0.1:${port}`;
    const main = new URL('../gn-auth-like/main.mjs', import.meta.url);
    deployment.auth = await startServer(main, `${deployment.url}/callback`, ['--release', release]);
    const { issuer, client_id: id, client_secret: secret } = deployment.auth.urls;

    const sample = replaceValues(await readFile(join(ROOT, '.env.sample'), 'utf8'), {
      GNC_BIND: `127.0.0.1:${port}`, GNC_PUBLIC_URL: deployment.url, GNC_STATIC_DIR: join(ROOT, 'dist'), GNC_REDIS_URL: deployment.redis.url,
    });
    const { settings } = await readSection();
    const lines = replaceValues(settings, { GNC_OAUTH_CLIENT_ID: id, GNC_OAUTH_CLIENT_SECRET: secret });
    await writeFile(join(deployment.folder, 'settings'), `${sample}\n${lines.replaceAll('https://auth.genenetwork.org', issuer)}\n${more}\n`);
    deployment.server = spawn('sh', ['-ec', 'set -a; . ./settings; exec "$0" serve', SERVER], {
      cwd: deployment.folder, env: { PATH: process.env.PATH }, stdio: 'ignore',
    });
    deployment.ended = once(deployment.server, 'exit');
    const status = () => fetch(`${deployment.url}/readyz`).then((answer) => answer.status, () => undefined);
    await expect.poll(status, { message: 'the server is ready' }).toBe(200);
    return deployment;
  }

  /// Signs in as the page does. Returns the answer of the sign-in form if that refuses, or of the token request.
  async signIn(person) {
    const { oauth } = await (await fetch(`${this.url}/api/v1/config`)).json();
    const asked = new URL(oauth.authorize_url);
    const redirectUri = `${this.url}/callback`;
    const verifier = 'v'.repeat(43);
    for (const [name, value] of Object.entries({
      response_type: 'code', client_id: oauth.client_id, redirect_uri: redirectUri, scope: oauth.scopes.join(' '), state: 's',
    })) asked.searchParams.set(name, value);
    const submitted = await submitForm(asked, person);
    if (submitted.status !== 302) return submitted;
    const callback = new URL(submitted.headers.get('location'));
    expect(callback.origin + callback.pathname).toBe(redirectUri);
    const body = { code: callback.searchParams.get('code'), code_verifier: verifier, redirect_uri: redirectUri };
    return this.#post('token', { 'content-type': 'application/json' }, JSON.stringify(body));
  }

  get(path, token) {
    return fetch(this.url + path, { headers: { authorization: `Bearer ${token}` } });
  }

  async signOut(token) {
    return (await this.#post('logout', { authorization: `Bearer ${token}` })).json();
  }

  #post(what, headers, body) {
    return fetch(`${this.url}/api/v1/oauth2/${what}`, { method: 'POST', headers: { origin: this.url, ...headers }, body });
  }

  async stop() {
    this.server.kill();
    await this.ended;
    this.auth.stop();
    await this.redis.stop();
    await rm(this.folder, { recursive: true });
  }
}

/// Runs a test on a deployment beside this release, with more lines of settings.
async function beside(release, body, more) {
  const deployment = await Deployment.start(release, more);
  try {
    await body(deployment);
  } finally {
    await deployment.stop();
  }
}

async function tokenOf(answer) {
  expect(answer.status).toBe(200);
  return (await answer.json()).access_token;
}

test('the README names the releases that are tested, in lines that shells and systemd read alike', async () => {
  const { settings, names } = await readSection();
  expect(names.sort()).toEqual(Object.keys(RELEASES).sort());
  for (const line of settings.trim().split('\n')) expect(line).toMatch(/^(#.*|GNC_[A-Z_]+=('[^']*'|[\w.:/-]*|…))$/);
});

for (const name of ['2025 with one more line', '2024']) {
  test(`${name}: people sign in, are offered their collections, and sign out`, async () => {
    await beside(RELEASES[name], async (deployment) => {
      const token = await tokenOf(await deployment.signIn(RESEARCHER));
      const me = await (await deployment.get('/api/v1/me', token)).json();
      expect(me).toMatchObject({ name: 'Researcher 00', email_verified: true });
      expect(await (await deployment.get('/api/v1/legacy', token)).json()).toMatchObject({ offer: true });
      expect(await deployment.signOut(token)).toEqual({ revocation: 'done' });
      expect((await deployment.get('/api/v1/me', token)).status).toBe(401);
    });
  });
}

test('2025 as it is: the token that gn-auth issued is refused', async () => {
  await beside(RELEASES['2025 as it is'], async (deployment) => {
    const answer = await deployment.signIn(RESEARCHER);
    // Refused at the exchange or at its first use, and no outage.
    const refused = answer.ok ? await deployment.get('/api/v1/me', await tokenOf(answer)) : answer;
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ type: '/problems/unauthenticated' });
  });
});

test('2024: an address that nobody verified finds collections with `issuer`, but not with `claim`', async () => {
  for (const [more, status] of [['', 200], ['GNC_EMAIL_TRUST=claim', 403]]) {
    await beside(RELEASES[2024], async (deployment) => {
      const token = await tokenOf(await deployment.signIn(UNVERIFIED));
      expect((await deployment.get('/api/v1/legacy', token)).status).toBe(status);
    }, more);
  }
});

test('2025 with one more line: an address that nobody verified cannot sign in', async () => {
  await beside(RELEASES['2025 with one more line'], async (deployment) => {
    expect((await deployment.signIn(UNVERIFIED)).status).toBe(401);
  });
});
