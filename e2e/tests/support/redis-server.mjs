// A Redis that keeps its content when it is killed, and a client for it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { createClient } from 'redis';

export class RedisServer {
  url;
  /// A connected client of npm `redis`.
  client;
  #port;
  #folder;
  #process;

  static async start(folder) {
    const server = new RedisServer();
    server.#folder = folder;
    server.#port = await freePort();
    server.url = `redis://127.0.0.1:${server.#port}`;
    await server.#spawn();
    return server;
  }

  /// Kills Redis like a crash.
  async kill() {
    this.client.destroy();
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  /// Restarts Redis on the same port with the same content.
  async restart() {
    await this.#spawn();
  }

  pause() {
    this.#process.kill('SIGSTOP');
  }

  resume() {
    this.#process.kill('SIGCONT');
  }

  async stop() {
    this.resume();
    await this.kill();
  }

  async #spawn() {
    this.#process = spawn(
      'redis-server',
      ['--bind', '127.0.0.1', '--port', this.#port, '--dir', this.#folder, '--save', '', '--appendonly', 'yes', '--appendfsync', 'always'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    for await (const line of createInterface({ input: this.#process.stdout })) {
      if (line.includes('Ready to accept connections')) break;
    }
    this.#process.stdout.resume();
    this.client = createClient({ url: this.url, socket: { reconnectStrategy: false } });
    // The failing call reports the error; without a listener Node would end.
    this.client.on('error', () => {});
    await this.client.connect();
  }
}

/// Returns a free port below 32768, from where Linux takes the ports of connections: a connection of the browser could
/// otherwise take the port before the start, or between a kill and a restart.
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const server = createServer();
    const isFree = await new Promise((tell) => {
      server.once('error', () => tell(false)).listen(port, '127.0.0.1', () => tell(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return String(port);
  }
}
