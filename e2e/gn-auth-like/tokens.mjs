// The access tokens, in the format of the release, and the key that signs them.

import { randomBytes } from 'node:crypto';
import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair, jwtVerify } from 'jose';

/// Lifetime of a token in seconds, as in gn-auth.
export const ACCESS_TOKEN_TTL = 864_000;

const ALGORITHM = 'RS256';

export class Tokens {
  #format;
  #issuer;
  #keys;
  /// The owners of tokens that were neither revoked nor expired.
  #owners = new Map();

  /// `format` is a `tokenFormat` of a release, `issuer` the base URL of the server.
  static async create(format, issuer) {
    const tokens = new Tokens();
    tokens.#format = format;
    tokens.#issuer = issuer;
    tokens.#keys = await generateKeyPair(ALGORITHM);
    return tokens;
  }

  async issue(userId, clientId) {
    const token = this.#format === 'jwt' ? await this.#sign(userId, clientId) : randomBytes(32).toString('base64url');
    if (this.#format !== 'lost') this.#owners.set(token, userId);
    return token;
  }

  /// gn-auth names neither an expiry nor an audience.
  async #sign(userId, clientId) {
    return new SignJWT({ client_id: clientId, oauth2_client_id: clientId })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid: (await this.publicKey()).kid })
      .setIssuer(this.#issuer)
      .setSubject(userId)
      .setIssuedAt()
      .sign(this.#keys.privateKey);
  }

  /// Returns the id of the owner of a token, or nothing.
  async owner(token) {
    if (this.#format === 'jwt') {
      const verified = await jwtVerify(token, this.#keys.publicKey, { issuer: this.#issuer }).catch(() => undefined);
      if (!verified) return undefined;
    }
    return this.#owners.get(token);
  }

  revoke(token) {
    this.#owners.delete(token);
  }

  /// Ends all tokens.
  expire() {
    this.#owners.clear();
  }

  async publicKey() {
    const key = await exportJWK(this.#keys.publicKey);
    return { ...key, kid: await calculateJwkThumbprint(key), alg: ALGORITHM, use: 'sig' };
  }
}
