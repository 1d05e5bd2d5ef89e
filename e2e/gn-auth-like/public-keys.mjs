// `/auth/public-jwks`: the public keys, in a document of gn-auth's own kind.

const PUBLIC_KEYS = '/auth/public-jwks';

export function publicKeys({ release, tokens }) {
  return async (ctx, next) => {
    if (!release.publishesKeys || ctx.path !== PUBLIC_KEYS) return next();
    ctx.body = {
      documentation: 'The keys that verify the tokens of this server.',
      jwks: [await tokens.publicKey()],
    };
    return undefined;
  };
}
