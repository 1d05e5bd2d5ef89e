// `/auth/token`: returns a token for a code, or for an address and a password. It ignores the PKCE parameters.

import { randomBytes } from 'node:crypto';
import { readForm } from '../identity-provider/form.mjs';
import { ACCESS_TOKEN_TTL } from './tokens.mjs';

export const TOKEN = '/auth/token';

export function tokenEndpoint({ release, people, client, tokens, counts }) {
  const grants = {
    authorization_code: (form) => client.redeemCode(form.get('code')),
    // Of unverified people too: only the sign-in page and the user endpoint refuse them.
    password: (form) => people.signIn(form.get('username') ?? '', form.get('password') ?? '')?.user_id,
    // Refresh tokens are issued in vain.
    ...(release.issuesRefreshTokens && { refresh_token: () => undefined }),
  };

  return async (ctx, next) => {
    if (ctx.path !== TOKEN) return next();
    ctx.set('Cache-Control', 'no-store');
    const refuse = (status, error) => {
      ctx.status = status;
      ctx.body = { error };
    };
    if (ctx.method !== 'POST' || !ctx.is('application/x-www-form-urlencoded')) return refuse(400, 'invalid_request');
    const form = await readForm(ctx);
    if (!release.tokenAuthentication.includes(client.authenticationOf(ctx, form))) return refuse(401, 'invalid_client');
    const grantType = form.get('grant_type');
    if (!Object.hasOwn(grants, grantType)) return refuse(400, 'unsupported_grant_type');
    if (grantType === 'refresh_token' && !client.mayRefresh) return refuse(400, 'unauthorized_client');
    const userId = grants[grantType](form);
    counts[userId ? 'authorization_code' : 'refused'] += 1;
    if (!userId) return refuse(400, 'invalid_grant');
    ctx.body = {
      access_token: await tokens.issue(userId, client.id),
      expires_in: ACCESS_TOKEN_TTL,
      scope: 'profile user',
      token_type: 'Bearer',
      user_id: userId,
      ...(release.issuesRefreshTokens && client.mayRefresh && { refresh_token: randomBytes(32).toString('base64url') }),
    };
    return undefined;
  };
}
