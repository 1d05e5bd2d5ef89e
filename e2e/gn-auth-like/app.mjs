// The whole server as a koa application: our few pages, then a page for every other address.

import Koa from 'koa';
import { Controls } from '../identity-provider/controls.mjs';
import { page } from '../identity-provider/page.mjs';
import { registerPages } from '../identity-provider/register.mjs';
import { AUTHORISE, authorisePages } from './authorise.mjs';
import { TOKEN, tokenEndpoint } from './token.mjs';
import { USER, userEndpoint } from './user.mjs';

export function createApp({ people, client }) {
  const app = new Koa();
  const controls = new Controls({ redirectUris: [client.redirectUri], tokenPath: TOKEN, expire: async () => client.expire() });
  client.counts = controls.counts;
  app.use(controls.middleware());
  app.use(authorisePages(people, client));
  app.use(tokenEndpoint(client));
  app.use(userEndpoint(people, client));
  app.use(registerPages(people, new URL(client.redirectUri).origin));
  app.use(everythingElse);
  app.on('error', (error) => console.error(error));
  return app;
}

/// The URLs that others need, by the names of demo.json. There is no revocation, no end of session, no metadata.
export function endpoints(base, client) {
  return {
    issuer: base,
    authorize_url: base + AUTHORISE,
    token_url: base + TOKEN,
    user_url: base + USER,
    register_url: `${base}/register`,
    client_id: client.id,
    client_secret: client.secret,
  };
}

/// gn-auth answers addresses that it does not know, discovery among them, with a page and status 200.
function everythingElse(ctx) {
  ctx.status = 200;
  ctx.body = page('gn-auth', '<p>There is nothing here.</p>');
}
