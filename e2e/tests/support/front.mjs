// A server in front of the demo's: gives its answers, but for files that a test replaces or takes away, as a deployment does.

import { once } from 'node:events';
import { createServer } from 'node:http';

export class Front {
  /// What is served instead, by path: text of a script, or of the page at `/`; `null` for a file that is not there any more.
  replaced = new Map();
  #server;

  static async start(behind) {
    const front = new Front();
    front.#server = createServer(async ({ url, method }, response) => {
      const replaced = front.replaced.get(url);
      if (replaced === null) return response.writeHead(404).end();
      if (replaced) return response.writeHead(200, { 'content-type': url === '/' ? 'text/html' : 'text/javascript' }).end(replaced);
      const answer = await fetch(new URL(url, behind), { method });
      const type = answer.headers.get('content-type') ?? 'text/plain';
      response.writeHead(answer.status, { 'content-type': type }).end(Buffer.from(await answer.arrayBuffer()));
    });
    front.#server.listen(0, '127.0.0.1');
    await once(front.#server, 'listening');
    return front;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  async stop() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
