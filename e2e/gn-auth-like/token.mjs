// `/auth/token`: a form with the client's secret in it, and nothing else, buys a token. PKCE parameters are ignored;
// there is no refresh token.

import { readForm } from '../identity-provider/form.mjs';
import { ACCESS_TOKEN_TTL } from './client.mjs';

export const TOKEN = '/auth/token';

export function tokenEndpoint(client) {
  return async (ctx, next) => {
    if (ctx.path !== TOKEN) return next();
    ctx.set('Cache-Control', 'no-store');
    const refuse = (status, error) => {
      ctx.status = status;
      ctx.body = { error };
    };
    if (ctx.method !== 'POST' || !ctx.is('application/x-www-form-urlencoded')) return refuse(400, 'invalid_request');
    const form = await readForm(ctx);
    if (!client.isAuthenticatedBy(form.get('client_id'), form.get('client_secret'))) return refuse(401, 'invalid_client');
    if (form.get('grant_type') !== 'authorization_code') return refuse(400, 'unsupported_grant_type');
    const issued = client.exchange(form.get('code'));
    if (!issued) return refuse(400, 'invalid_grant');
    ctx.body = {
      access_token: issued.token,
      expires_in: ACCESS_TOKEN_TTL,
      scope: 'profile user',
      token_type: 'Bearer',
      user_id: issued.userId,
    };
    return undefined;
  };
}
