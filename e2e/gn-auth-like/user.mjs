// `/auth/user/`, in gn-auth's shape: no `email_verified`. The slash at the end matters.

export const USER = '/auth/user/';

/// authlib's words for every token that is not good.
const INVALID_TOKEN = {
  error: 'invalid_token',
  error_description: 'The access token provided is expired, revoked, malformed, or invalid for other reasons.',
};

export function userEndpoint(people, client) {
  return async (ctx, next) => {
    if (ctx.path === USER.slice(0, -1)) {
      ctx.redirect(USER);
      ctx.status = 308;
      return undefined;
    }
    if (ctx.path !== USER) return next();
    ctx.set('Cache-Control', 'no-store');
    const [, token] = /^Bearer ([\w.~+/-]+=*)$/i.exec(ctx.get('Authorization')) ?? [];
    const person = people.find(client.owner(token));
    if (person) {
      const { user_id, email, name } = person;
      ctx.body = { user_id, email, name, group: false };
    } else {
      ctx.status = 401;
      ctx.body = INVALID_TOKEN;
    }
    return undefined;
  };
}
