// The demo's auth server, as tests order it about: see identity-provider/controls.mjs.

export class AuthServer {
  constructor(issuer) {
    this.issuer = issuer;
  }

  /// The next redirect back to the page sets these parameters, and lacks those.
  async alterNextCallback(set, remove = []) {
    await this.#order('PUT', 'callback', { set, remove });
  }

  /// The next token request is answered with this status.
  async failNextTokenRequest(status) {
    await this.#order('PUT', 'token', { status });
  }

  /// The next token request is never answered.
  async ignoreNextTokenRequest() {
    await this.#order('PUT', 'token', { hang: true });
  }

  /// No access token that was issued so far is good any more; with `refresh`, no refresh token either.
  async expireTokens({ refresh = false } = {}) {
    await this.#order('POST', 'expire', { refresh });
  }

  /// A function that tells how many token requests were granted and refused, and tokens revoked, since now.
  async countFromNow() {
    const before = await this.#counts();
    return async () => {
      const now = await this.#counts();
      return Object.fromEntries(Object.entries(now).map(([name, count]) => [name, count - before[name]]));
    };
  }

  async #counts() {
    return (await fetch(`${this.issuer}/control/counts`)).json();
  }

  async #order(method, what, body) {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${this.issuer}/control/${what}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`the auth server does not take the order (${answer.status})`);
  }
}
