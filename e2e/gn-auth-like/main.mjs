// A second development auth server, which behaves as a release of GeneNetwork's gn-auth does where that differs from a
// standard server: see README.md. Never for production.

import { readArguments } from '../identity-provider/arguments.mjs';
import { People } from '../identity-provider/people.mjs';
import { serve } from '../identity-provider/serve.mjs';
import { createApp, endpoints } from './app.mjs';
import { Client } from './client.mjs';
import { NEWEST, RELEASES } from './releases.mjs';
import { Tokens } from './tokens.mjs';

const options = readArguments(process.argv.slice(2), {
  // Registers the client for the grant `refresh_token`.
  'refresh-grant': { type: 'boolean', default: false },
  release: { type: 'string', default: NEWEST, choices: Object.keys(RELEASES) },
});
const release = RELEASES[options.release];
const people = await People.load(options.people);
const client = new Client(options.redirectUris, options['refresh-grant']);

serve(options.port, async (base) => {
  const tokens = await Tokens.create(release.tokenFormat, base);
  return { handler: createApp({ release, people, client, tokens }).callback(), urls: endpoints(base, client) };
});
