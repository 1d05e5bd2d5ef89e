// Starts an auth server as a child process, for the tests of the auth servers.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const RESEARCHER = { email: 'Researcher00@jax.example', password: 'demo' };

/// Starts it with `more` arguments. Returns the URLs that the server prints, and a function that ends it.
export async function startServer(main, redirectUri, more = []) {
  const people = fileURLToPath(new URL('../data/people.json', import.meta.url));
  const args = [fileURLToPath(main), '--people', people, '--redirect-uri', redirectUri, ...more];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface({ input: child.stdout })) {
    return { urls: JSON.parse(line), stop: () => child.kill() };
  }
  throw new Error('the server printed nothing');
}
