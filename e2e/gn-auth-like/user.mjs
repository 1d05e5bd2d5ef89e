// `/auth/user/`: returns the user in the format of gn-auth, without `email_verified`. The slash at the end matters.

import { page } from '../identity-provider/page.mjs';

export const USER = '/auth/user/';

/// The descriptions of authlib, which gn-auth uses.
const MISSING = 'Missing "Authorization" in headers.';
const INVALID = 'The access token provided is expired, revoked, malformed, or invalid for other reasons.';

export function userEndpoint({ release, people, tokens }) {
  return async (ctx, next) => {
    if (ctx.path === USER.slice(0, -1)) {
      ctx.redirect(USER);
      ctx.status = 308;
      return undefined;
    }
    if (ctx.path !== USER) return next();
    ctx.set('Cache-Control', 'no-store');
    const [, token] = /^Bearer ([\w.~+/-]+=*)$/i.exec(ctx.get('Authorization')) ?? [];
    const person = token && people.find(await tokens.owner(token));
    if (!person) return refuseToken(ctx, release, token !== undefined);
    if (!person.email_verified && !release.admitsUnverified) {
      ctx.status = 403;
      ctx.body = { error: 'ForbiddenAccess', error_description: 'The address is not verified.' };
      return undefined;
    }
    const { user_id, email, name } = person;
    ctx.body = { user_id, email, name, group: false };
    return undefined;
  };
}

/// Answers as authlib does, or as gn-auth does for every exception that nobody expected: with the name of its class, and with
/// a page to those who do not say that they speak JSON.
function refuseToken(ctx, { refusedTokenStatus }, isGiven) {
  ctx.status = refusedTokenStatus;
  const error_description = isGiven ? INVALID : MISSING;
  if (refusedTokenStatus === 401) {
    ctx.body = { error: isGiven ? 'invalid_token' : 'missing_authorization', error_description };
  } else if (ctx.get('Content-Type') !== 'application/json') {
    ctx.body = page('Error', '<p>Something went wrong.</p>');
  } else {
    const error = isGiven ? 'InvalidTokenError' : 'MissingAuthorizationError';
    ctx.body = { error, error_description, 'error-trace': `Traceback (most recent call last):\n${error}\n` };
  }
}
