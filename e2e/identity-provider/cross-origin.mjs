// CORS for the user endpoint. `oidc-provider` handles its own endpoints.

/// Allows only pages of these origins to call `path` with a bearer token.
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
