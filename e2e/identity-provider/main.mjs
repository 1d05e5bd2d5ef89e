// The development identity provider: a certified OAuth2 and OpenID Connect server (npm `oidc-provider`) whose
// accounts come from a file. Never for production: passwords are plain, and everything is forgotten on exit.
//
// Listens on 127.0.0.1, prints one line of JSON with its URLs to stdout, and logs to stderr.

import { Console } from 'node:console';
import { createServer } from 'node:http';
import { readArguments } from './arguments.mjs';
import { People } from './people.mjs';
import { createProvider, endpoints } from './provider.mjs';

// Our parent reads stdout for the one line below: whatever a library prints goes elsewhere.
globalThis.console = new Console(process.stderr, process.stderr);

const options = readArguments(process.argv.slice(2));
const people = await People.load(options.people);
const server = createServer();

// The issuer is part of every token, so the provider is made only once the port is known.
server.listen(options.port, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = createProvider({ ...options, issuer, people });
  server.on('request', provider.callback());
  process.stdout.write(`${JSON.stringify(endpoints(provider))}\n`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
