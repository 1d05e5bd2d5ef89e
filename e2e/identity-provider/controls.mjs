// Lets tests make a development auth server fail, and read its counters. Accepts only JSON, which a page of another origin
// cannot send without a preflight.
//
// | request | effect |
// |---|---|
// | `PUT /control/callback {"set": {"iss": "…"}, "remove": ["state"]}` | the next redirect to the client has other parameters |
// | `PUT /control/token {"status": 500}` or `{"hang": true}` | the next token request gets this status, or no response; its code or token stays unused |
// | `POST /control/expire {"refresh": true}` | expires every access token and, on request, every refresh token |
// | `GET /control/counts` | returns the numbers of granted token requests by grant type, of refused and unanswered ones, and of revocations |

import { readText } from './form.mjs';

const PREFIX = '/control/';

export class Controls {
  counts = { authorization_code: 0, refresh_token: 0, refused: 0, unanswered: 0, revocation: 0 };
  #callback;
  #token;

  /// `expire({refresh})` expires the tokens.
  constructor({ redirectUris, tokenPath, revocationPath, expire }) {
    Object.assign(this, { redirectUris, tokenPath, revocationPath, expire });
  }

  /// Runs before everything else.
  middleware() {
    return async (ctx, next) => {
      if (ctx.path.startsWith(PREFIX)) return this.#handleOrder(ctx);
      if (this.#token && ctx.path === this.tokenPath && ctx.method === 'POST') return this.#fail(ctx);
      await next();
      if (ctx.path === this.revocationPath && ctx.method === 'POST' && ctx.status === 200) this.counts.revocation += 1;
      const location = ctx.response.get('Location');
      if (this.#callback && this.redirectUris.some((uri) => location?.startsWith(`${uri}?`))) this.#alterCallback(ctx, location);
      return undefined;
    };
  }

  async #handleOrder(ctx) {
    ctx.set('Cache-Control', 'no-store');
    const request = `${ctx.method} ${ctx.path.slice(PREFIX.length)}`;
    if (request === 'GET counts') {
      ctx.body = this.counts;
      return;
    }
    if (!ctx.is('json')) ctx.throw(415);
    const order = JSON.parse(await readText(ctx));
    if (request === 'PUT callback') this.#callback = order;
    else if (request === 'PUT token') this.#token = order;
    else if (request === 'POST expire') await this.expire(order);
    else ctx.throw(404);
    ctx.status = 204;
  }

  async #fail(ctx) {
    const { status, hang } = this.#token;
    this.#token = undefined;
    if (hang) {
      this.counts.unanswered += 1;
      ctx.respond = false;
      return;
    }
    const origin = ctx.get('Origin');
    if (this.redirectUris.some((uri) => new URL(uri).origin === origin)) ctx.set('Access-Control-Allow-Origin', origin);
    ctx.status = status;
    ctx.body = { error: 'server_error' };
  }

  #alterCallback(ctx, location) {
    const { set = {}, remove = [] } = this.#callback;
    this.#callback = undefined;
    const url = new URL(location);
    for (const name of remove) url.searchParams.delete(name);
    for (const [name, value] of Object.entries(set)) url.searchParams.set(name, value);
    ctx.redirect(url.href);
  }
}
