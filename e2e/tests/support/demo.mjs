// A demo for one worker: a Redis that tests may stop, kill and start again, and `cargo xtask demo` on it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { RedisServer } from './redis-server.mjs';

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
  #folder;
  #process;

  /// `auth` is the auth server that people sign in with, as `cargo xtask demo --auth` names it.
  static async start(auth = 'identity-provider') {
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
        '--env', 'GNC_LOG=debug',
      ],
      { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    // The end is not missed if it comes before somebody waits for it.
    demo.ended = once(demo.#process, 'exit');
    await demo.#untilReady();
    demo.record = JSON.parse(await readFile(join(demo.#folder, 'demo.json'), 'utf8'));
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

  /// The files that its processes log to.
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
    await rm(this.#folder, { recursive: true });
  }
}
