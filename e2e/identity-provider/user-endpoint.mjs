// `GET /oauth2/user/`: returns the owner of a bearer token in the format of gn-auth plus `email_verified`.

export function userEndpoint(provider, people) {
  return async (ctx, next) => {
    if (ctx.path !== '/oauth2/user/') return next();
    ctx.set('Cache-Control', 'no-store');
    if (ctx.method !== 'GET') {
      ctx.status = 405;
      ctx.set('Allow', 'GET');
      ctx.body = { error: 'method_not_allowed' };
      return undefined;
    }
    const person = await owner(provider, people, ctx.get('Authorization'));
    if (person) {
      const { user_id, email, name, email_verified } = person;
      ctx.body = { user_id, email, name, group: false, email_verified };
    } else {
      ctx.status = 401;
      ctx.set('WWW-Authenticate', 'Bearer error="invalid_token"');
      ctx.body = { error: 'invalid_token' };
    }
    return undefined;
  };
}

async function owner(provider, people, authorization) {
  const [, value] = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization) ?? [];
  const token = value && (await provider.AccessToken.find(value));
  return token && people.find(token.accountId);
}
