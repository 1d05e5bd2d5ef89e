// The one client, and what was issued to it: kept in memory, forgotten on exit.

import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';

/// Seconds; as gn-auth has it.
export const ACCESS_TOKEN_TTL = 864_000;

export class Client {
  id = randomUUID();
  secret = randomBytes(32).toString('hex');
  /// Where every code goes, whatever the request asks for.
  redirectUri;
  /// How many codes were exchanged, and how many attempts refused.
  counts = { authorization_code: 0, refused: 0 };
  #codes = new Map();
  #tokens = new Map();

  constructor(redirectUri) {
    this.redirectUri = redirectUri;
  }

  /// Whether id and secret are this client's.
  isAuthenticatedBy(id, secret) {
    const given = Buffer.from(secret ?? '');
    const expected = Buffer.from(this.secret);
    return id === this.id && given.length === expected.length && timingSafeEqual(given, expected);
  }

  issueCode(person) {
    const code = randomBytes(24).toString('base64url');
    this.#codes.set(code, person.user_id);
    return code;
  }

  /// A token for a code, which is good once; or nothing.
  exchange(code) {
    const userId = this.#codes.get(code);
    this.counts[userId ? 'authorization_code' : 'refused'] += 1;
    if (!userId) return undefined;
    this.#codes.delete(code);
    const token = randomBytes(32).toString('base64url');
    this.#tokens.set(token, userId);
    return { token, userId };
  }

  /// No token that was issued is good any more.
  expire() {
    this.#tokens.clear();
  }

  /// Whose token it is, by id.
  owner(token) {
    return this.#tokens.get(token);
  }
}
