// Listens on 127.0.0.1, and prints one line of JSON with the URLs of the server to stdout.

import { Console } from 'node:console';
import { createServer } from 'node:http';

/// Starts to listen. `createHandler(baseUrl)` returns or promises the handler of requests and the URLs to print.
export function serve(port, createHandler) {
  // The parent process reads one line from stdout: libraries print to stderr.
  globalThis.console = new Console(process.stderr, process.stderr);
  const server = createServer();
  server.listen(port, '127.0.0.1', async () => {
    const { handler, urls } = await createHandler(`http://127.0.0.1:${server.address().port}`);
    server.on('request', handler);
    process.stdout.write(`${JSON.stringify(urls)}\n`);
  });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}
