// A second development auth server, which behaves as GeneNetwork's gn-auth does today where that differs from a
// standard one: see README.md beside this. Never for production.
//
// Listens on 127.0.0.1, prints one line of JSON with its URLs and its client's secret to stdout, logs to stderr.

import { Console } from 'node:console';
import { createServer } from 'node:http';
import { readArguments } from './arguments.mjs';
import { People } from '../identity-provider/people.mjs';
import { createApp, endpoints } from './app.mjs';
import { Client } from './client.mjs';

globalThis.console = new Console(process.stderr, process.stderr);

const options = readArguments(process.argv.slice(2));
const people = await People.load(options.people);
const client = new Client(options.redirectUri);
const server = createServer(createApp({ people, client }).callback());

server.listen(options.port, '127.0.0.1', () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  process.stdout.write(`${JSON.stringify(endpoints(base, client))}\n`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
