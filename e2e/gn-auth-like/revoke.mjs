// `/auth/revoke`: ends a token (RFC 7009). It accepts `client_secret_basic` only, whatever the token endpoint accepts.

import { readForm } from '../identity-provider/form.mjs';

export const REVOKE = '/auth/revoke';

export function revocationEndpoint({ client, tokens }) {
  return async (ctx, next) => {
    if (ctx.path !== REVOKE || ctx.method !== 'POST') return next();
    ctx.set('Cache-Control', 'no-store');
    const form = await readForm(ctx);
    if (client.authenticationOf(ctx, form) === 'client_secret_basic') {
      tokens.revoke(form.get('token'));
      ctx.body = {};
    } else {
      ctx.status = 401;
      ctx.body = { error: 'invalid_client' };
    }
    return undefined;
  };
}
