// A demo for one worker: a Redis that tests may stop, kill and start again, and `cargo xtask demo` on it.

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
  /// Where everything answers: the content of demo.json.
  record;
  /// Which auth server it has, and whether our server mediates: a session then outlives a reload.
  auth;
  mediated;
  /// The Redis, empty at first.
  redis;
  /// That auth server, which takes orders.
  authServer;
  /// Every secret that tests have used with it.
  secrets = new Secrets();
  #folder;
  #process;

  /// `auth` is the auth server that people sign in with, as `cargo xtask demo --auth` names it; `variables` are for our
  /// server.
  static async start(auth = 'identity-provider', variables = {}) {
    const demo = new Demo();
    demo.auth = auth;
    demo.mediated = auth === 'gn-auth';
    demo.#folder = await mkdtemp(join(tmpdir(), 'gn-collections-e2e-'));
    demo.redis = await RedisServer.start(join(demo.#folder));
    // `cargo xtask test e2e` names its own program; by hand cargo finds it.
    const [program, ...first] = process.env.GNC_E2E_XTASK ? [process.env.GNC_E2E_XTASK] : ['cargo', 'xtask'];
    demo.#process = spawn(
      program,
      [
        ...first, 'demo', '--port', '0', '--auth', auth, '--redis', demo.redis.url, '--folder', demo.#folder,
        // As talkative as it gets: tests look that no secret is among it.
        ...Object.entries({ GNC_LOG: 'trace', ...variables }).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
      ],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    // The end is not missed if it comes before somebody waits for it.
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
        // Nobody reads on; a full pipe would stop the demo.
        this.#process.stdout.resume();
        return;
      }
      said.push(line);
    }
    throw new Error(`the demo did not start:\n${said.join('\n')}`);
  }

  person(email) {
    const person = this.record.people.find((candidate) => candidate.email === email);
    if (!person) throw new Error(`nobody has the address ${email}`);
    return person;
  }

  /// The files that our server and the auth server log to.
  get logs() {
    return ['server.log', 'identity-provider.log'].map((name) => join(this.#folder, name));
  }

  /// Holds a process still: it takes connections and answers nothing.
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

  /// The kinds of secrets in all that our server has logged: a test looks only at what was logged while it ran.
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
