// A proxy before the server of the demo. Tests replace or remove files in it, as a deployment does.

import { once } from 'node:events';
import { createServer } from 'node:http';

export class ProxyServer {
  /// Replaced files by path: the text of a script, or of the page at `/`; `null` for a removed file.
  replaced = new Map();
  #server;

  static async start(behind) {
    const proxy = new ProxyServer();
    proxy.#server = createServer(async ({ url, method }, response) => {
      const replaced = proxy.replaced.get(url);
      if (replaced === null) return response.writeHead(404).end();
      if (replaced) return response.writeHead(200, { 'content-type': url === '/' ? 'text/html' : 'text/javascript' }).end(replaced);
      const answer = await fetch(new URL(url, behind), { method });
      const type = answer.headers.get('content-type') ?? 'text/plain';
      response.writeHead(answer.status, { 'content-type': type }).end(Buffer.from(await answer.arrayBuffer()));
    });
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
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
