// The development identity provider: a certified OAuth2 and OpenID Connect server (npm `oidc-provider`) whose
// accounts come from a file. Never for production: passwords are plain, and everything is forgotten on exit.

import { readArguments } from './arguments.mjs';
import { People } from './people.mjs';
import { createProvider, endpoints } from './provider.mjs';
import { serve } from './serve.mjs';

const options = readArguments(process.argv.slice(2));
const people = await People.load(options.people);

// The issuer is part of every token, so the provider is created after the port is known.
serve(options.port, (issuer) => {
  const provider = createProvider({ ...options, issuer, people });
  return { handler: provider.callback(), urls: endpoints(provider) };
});
