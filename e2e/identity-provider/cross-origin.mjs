// CORS for a path of our own. `oidc-provider` looks after its endpoints itself.

/// Lets pages of these origins, and no others, call `path` with a bearer token.
export function allowOrigins(origins, path) {
  return async (ctx, next) => {
    if (ctx.path !== path) return next();
    ctx.vary('Origin');
    const origin = ctx.get('Origin');
    if (origins.includes(origin)) {
      ctx.set('Access-Control-Allow-Origin', origin);
      ctx.set('Access-Control-Allow-Headers', 'authorization');
    }
    if (ctx.method !== 'OPTIONS') return next();
    ctx.status = 204;
    return undefined;
  };
}
