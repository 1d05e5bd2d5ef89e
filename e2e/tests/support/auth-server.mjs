// Controls the auth server of the demo: see identity-provider/controls.mjs.

export class AuthServer {
  constructor(issuer) {
    this.issuer = issuer;
  }

  /// Sets and removes parameters of the next redirect back to the page.
  async alterNextCallback(set, remove = []) {
    await this.#order('PUT', 'callback', { set, remove });
  }

  /// Answers the next token request with this status.
  async failNextTokenRequest(status) {
    await this.#order('PUT', 'token', { status });
  }

  /// Leaves the next token request without a response.
  async ignoreNextTokenRequest() {
    await this.#order('PUT', 'token', { hang: true });
  }

  /// Expires all access tokens and, with `refresh`, all refresh tokens.
  async expireTokens({ refresh = false } = {}) {
    await this.#order('POST', 'expire', { refresh });
  }

  /// Returns a function that counts granted and refused token requests and revocations from now on.
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
