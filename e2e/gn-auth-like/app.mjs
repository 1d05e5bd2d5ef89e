// The server as a koa application: its pages, and a page for every other address.

import Koa from 'koa';
import { Controls } from '../identity-provider/controls.mjs';
import { page } from '../identity-provider/page.mjs';
import { registerPages } from '../identity-provider/register.mjs';
import { AUTHORISE, authorisePages } from './authorise.mjs';
import { publicKeys } from './public-keys.mjs';
import { REVOKE, revocationEndpoint } from './revoke.mjs';
import { TOKEN, tokenEndpoint } from './token.mjs';
import { USER, userEndpoint } from './user.mjs';

export function createApp({ release, people, client, tokens }) {
  const app = new Koa();
  const controls = new Controls({
    redirectUris: client.redirectUris, tokenPath: TOKEN, revocationPath: REVOKE, expire: async () => tokens.expire(),
  });
  const parts = { release, people, client, tokens, counts: controls.counts };
  app.use(controls.middleware());
  app.use(authorisePages(parts));
  app.use(tokenEndpoint(parts));
  app.use(revocationEndpoint(parts));
  app.use(userEndpoint(parts));
  app.use(publicKeys(parts));
  app.use(registerPages(people, new URL(client.redirectUris[0]).origin));
  app.use(unknownAddress(release));
  app.on('error', (error) => console.error(error));
  return app;
}

/// Returns the URLs by their names in demo.json. There is no end-session endpoint and no metadata.
export function endpoints(base, client) {
  return {
    issuer: base,
    authorize_url: base + AUTHORISE,
    token_url: base + TOKEN,
    user_url: base + USER,
    revoke_url: base + REVOKE,
    register_url: `${base}/register`,
    client_id: client.id,
    client_secret: client.secret,
  };
}

/// Answers unknown addresses, discovery among them, with a page.
function unknownAddress(release) {
  return (ctx) => {
    ctx.status = release.unknownAddressStatus;
    ctx.body = page('gn-auth', '<p>There is nothing here.</p>');
  };
}
