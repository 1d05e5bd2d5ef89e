// The only client, with its codes, in memory.

import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';

export class Client {
  id = randomUUID();
  secret = randomBytes(32).toString('hex');
  /// The registered redirect URIs, the default one first.
  redirectUris;
  /// Whether the client is registered for the grant `refresh_token`.
  mayRefresh;
  #codes = new Map();

  constructor(redirectUris, mayRefresh = false) {
    this.redirectUris = redirectUris;
    this.mayRefresh = mayRefresh;
  }

  /// Returns the method by which a request with this form proves to come from this client, or nothing.
  authenticationOf(ctx, form) {
    const [, coded] = /^Basic (.+)$/i.exec(ctx.get('Authorization')) ?? [];
    if (coded) {
      const [id, secret] = Buffer.from(coded, 'base64').toString().split(':');
      return this.#isAuthenticatedBy(id, secret) ? 'client_secret_basic' : undefined;
    }
    return this.#isAuthenticatedBy(form.get('client_id'), form.get('client_secret')) ? 'client_secret_post' : undefined;
  }

  #isAuthenticatedBy(id, secret) {
    const given = Buffer.from(secret ?? '');
    const expected = Buffer.from(this.secret);
    return id === this.id && given.length === expected.length && timingSafeEqual(given, expected);
  }

  issueCode(person) {
    const code = randomBytes(24).toString('base64url');
    this.#codes.set(code, person.user_id);
    return code;
  }

  /// Returns the id of the user who got this code, which works once.
  redeemCode(code) {
    const userId = this.#codes.get(code);
    this.#codes.delete(code);
    return userId;
  }
}
