// The demo of one worker: a Redis that tests can stop, kill and restart, and `cargo xtask demo` on it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { AuthServer } from './auth-server.mjs';
import { RedisServer } from './redis-server.mjs';
import { Secrets } from './secrets.mjs';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const LAST_WORDS = 'Ctrl-C stops everything.';

export class Demo {
  /// The content of demo.json.
  record;
  /// The kind of the auth server, and whether the server mediates: a session then survives a reload.
  auth;
  mediated;
  /// Whether the auth server drops `state`, so that the page asks who is there, and remembers no browser.
  dropsState;
  /// The Redis, which is empty at first.
  redis;
  /// The controls of the auth server.
  authServer;
  /// All secrets of the tests on this demo.
  secrets = new Secrets();
  #folder;
  #process;

  /// Starts a demo with this auth server, as `cargo xtask demo --auth` names it, these variables for the server, and optionally
  /// a value of GNC_OAUTH_MODE and a release of gn-auth, as `cargo xtask demo --gn-auth-release` names it.
  static async start(auth = 'identity-provider', variables = {}, { mode, gnAuthRelease } = {}) {
    const demo = new Demo();
    demo.auth = auth;
    demo.mediated = mode !== 'direct';
    demo.dropsState = auth === 'gn-auth';
    demo.#folder = await mkdtemp(join(tmpdir(), 'gn-collections-e2e-'));
    demo.redis = await RedisServer.start(join(demo.#folder));
    // `cargo xtask test e2e` names its own program; by hand cargo finds it.
    const [program, ...first] = process.env.GNC_E2E_XTASK ? [process.env.GNC_E2E_XTASK] : ['cargo', 'xtask'];
    demo.#process = spawn(
      program,
      [
        ...first, 'demo', '--port', '0', '--auth', auth, '--redis', demo.redis.url, '--folder', demo.#folder,
        ...(gnAuthRelease ? ['--gn-auth-release', gnAuthRelease] : []),
        // The most detailed log: tests search it for secrets.
        ...Object.entries({ GNC_LOG: 'trace', ...(mode && { GNC_OAUTH_MODE: mode }), ...variables }).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
      ],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    // Listens now: the process may end before `stop` waits for it.
    demo.ended = once(demo.#process, 'exit');
    await demo.#untilReady();
    demo.record = JSON.parse(await readFile(join(demo.#folder, 'demo.json'), 'utf8'));
    demo.authServer = new AuthServer(demo.record.issuer);
    demo.secrets.add(demo.record.client_secret, 'client secret');
    for (const { email } of demo.record.people) demo.secrets.add(email, 'e-mail address');
    return demo;
  }

  async #untilReady() {
    const said = [];
    for await (const line of createInterface({ input: this.#process.stdout })) {
      if (line === LAST_WORDS) {
        // Discards the rest: a full pipe would block the demo.
        this.#process.stdout.resume();
        return;
      }
      said.push(line);
    }
    throw new Error(`the demo did not start:\n${said.join('\n')}`);
  }

  /// The address at which the page gets its token.
  get tokenUrl() {
    return this.mediated ? `${this.record.url}/api/v1/oauth2/token` : this.record.token_url;
  }

  person(email) {
    const person = this.record.people.find((candidate) => candidate.email === email);
    if (!person) throw new Error(`nobody has the address ${email}`);
    return person;
  }

  /// The log files of the server and the auth server.
  get logs() {
    return ['server.log', 'identity-provider.log'].map((name) => join(this.#folder, name));
  }

  /// Suspends a process: it accepts connections but answers nothing.
  pause(name) {
    process.kill(this.record.pids[name], 'SIGSTOP');
  }

  resume(name) {
    process.kill(this.record.pids[name], 'SIGCONT');
  }

  async stop() {
    this.#process.kill('SIGTERM');
    await this.ended;
    await this.redis.stop();
  }

  /// Returns the kinds of secrets in the whole log of the server; a single test reads only its own part.
  async leaks() {
    const [server] = this.logs;
    const log = await readFile(server, 'utf8');
    if (!log.includes('"level":"TRACE"')) throw new Error('not everything was logged');
    return this.secrets.inLog(log);
  }

  async remove() {
    await rm(this.#folder, { recursive: true });
  }
}
