// A deployment at `app.gnc.localhost` and another host of the same domain, `evil.gnc.localhost`, which sets a cookie for the
// whole domain. Browsers find every name under `localhost` on this machine.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { submitForm } from '../../gn-auth-like/submit-form.mjs';
import { startServer } from '../../identity-provider/child-server.mjs';
import { fill } from './content.mjs';
import { freePort, RedisServer } from './redis-server.mjs';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
// `cargo xtask test e2e` names the program that it has built.
const SERVER = process.env.GNC_E2E_SERVER ?? join(ROOT, 'target/debug/gn-collections');
const DOMAIN = 'gnc.localhost';

export class SiblingHosts {
  /// The addresses of the two hosts.
  url;
  evilUrl;
  /// What the evil host sends as `Set-Cookie`.
  planted = [];
  #address;
  #stops = [];

  /// Starts both hosts, with or without TLS in front.
  static async start({ tls }) {
    const hosts = new SiblingHosts();
    const [port, proxyPort, evilPort] = [await freePort(), await freePort(), await freePort()];
    const scheme = tls ? 'https' : 'http';
    hosts.url = `${scheme}://app.${DOMAIN}:${tls ? proxyPort : port}`;
    hosts.evilUrl = `${scheme}://evil.${DOMAIN}:${evilPort}`;
    hosts.#address = `http://127.0.0.1:${port}`;
    await hosts.#startApp(port);
    await hosts.#listen(tls, evilPort, (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': hosts.planted }).end('<title>evil</title>');
    });
    if (tls) {
      await hosts.#listen(tls, proxyPort, (request, response) => {
        const forwarded = http.request(`${hosts.#address}${request.url}`, { method: request.method, headers: request.headers }, (answer) => {
          response.writeHead(answer.statusCode, answer.rawHeaders);
          answer.pipe(response);
        });
        request.pipe(forwarded);
      });
    }
    return hosts;
  }

  async #startApp(port) {
    const folder = await mkdtemp(join(tmpdir(), 'gn-collections-sibling-'));
    const redis = await RedisServer.start(folder);
    await fill(redis.client);
    const main = new URL('../../gn-auth-like/main.mjs', import.meta.url);
    const auth = await startServer(main, `${this.url}/callback`);
    const server = spawn(SERVER, ['serve'], {
      stdio: 'ignore',
      env: {
        GNC_BIND: `127.0.0.1:${port}`, GNC_PUBLIC_URL: this.url, GNC_STATIC_DIR: join(ROOT, 'dist'), GNC_REDIS_URL: redis.url,
        GNC_OAUTH_AUTHORIZE_URL: auth.urls.authorize_url, GNC_OAUTH_TOKEN_URL: auth.urls.token_url, GNC_OAUTH_USER_URL: auth.urls.user_url,
        GNC_OAUTH_CLIENT_ID: auth.urls.client_id, GNC_OAUTH_CLIENT_SECRET: auth.urls.client_secret,
        GNC_OAUTH_STATE: 'pending-login', GNC_OAUTH_SCOPES: 'profile user', GNC_EMAIL_TRUST: 'issuer',
      },
    });
    const ended = once(server, 'exit');
    this.#stops.push(async () => {
      server.kill();
      await ended;
      auth.stop();
      await redis.stop();
      await rm(folder, { recursive: true });
    });
    for (;;) {
      const status = await fetch(`${this.#address}/readyz`).then((answer) => answer.status, () => undefined);
      if (status === 200) return;
      if (server.exitCode !== null) throw new Error('the server did not start');
    }
  }

  async #listen(tls, port, handler) {
    const pem = (name) => readFile(new URL(`sibling-hosts/${name}.pem`, import.meta.url));
    const server = tls ? https.createServer({ key: await pem('key'), cert: await pem('certificate') }, handler) : http.createServer(handler);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    this.#stops.push(async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    });
  }

  /// Signs in as this person without a browser, and returns name and value of the session cookie.
  async cookieOf(person) {
    const { oauth } = await (await fetch(`${this.#address}/api/v1/config`)).json();
    const redirectUri = `${this.url}/callback`;
    const asked = new URL(oauth.authorize_url);
    for (const [name, value] of Object.entries({
      response_type: 'code', client_id: oauth.client_id, redirect_uri: redirectUri, scope: oauth.scopes.join(' '), state: 's',
    })) asked.searchParams.set(name, value);
    const callback = new URL((await submitForm(asked, person)).headers.get('location'));
    const answer = await fetch(`${this.#address}/api/v1/oauth2/token`, {
      method: 'POST',
      headers: { origin: this.url, 'content-type': 'application/json' },
      body: JSON.stringify({ code: callback.searchParams.get('code'), code_verifier: 'v'.repeat(43), redirect_uri: redirectUri }),
    });
    const [, name, value] = /^([^=]+)=([^;]+)/.exec(answer.headers.get('set-cookie'));
    return { name, value };
  }

  /// Has the visitor open the evil host, which plants this cookie under these names.
  async plant(page, { value }, names) {
    const secure = this.url.startsWith('https:') ? '; Secure' : '';
    this.planted = names.map((name) => `${name}=${value}; Domain=${DOMAIN}; Path=/; SameSite=Strict; HttpOnly${secure}`);
    await page.goto(this.evilUrl);
  }

  async stop() {
    for (const stop of this.#stops) await stop();
  }
}
