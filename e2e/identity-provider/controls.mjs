// What tests tell a development auth server to do wrong, and what they ask it afterwards. JSON only, which no page of another
// origin can send without being asked about it first.
//
// | request | effect |
// |---|---|
// | `PUT /control/callback {"set": {"iss": "…"}, "remove": ["state"]}` | the next redirect back to the client carries other parameters |
// | `PUT /control/token {"status": 500}` or `{"hang": true}` | the next token request is answered so, or never; its code or token stays unused |
// | `POST /control/expire {"refresh": true}` | every access token, and every refresh token if asked, is no longer good |
// | `GET /control/counts` | granted token requests by grant type, refused and unanswered ones, and revocations, since the start |

import { readText } from './form.mjs';

const PREFIX = '/control/';

export class Controls {
  counts = { authorization_code: 0, refresh_token: 0, refused: 0, unanswered: 0, revocation: 0 };
  #callback;
  #token;

  /// `expire({refresh})` ends tokens.
  constructor({ redirectUris, tokenPath, revocationPath, expire }) {
    Object.assign(this, { redirectUris, tokenPath, revocationPath, expire });
  }

  /// In front of everything else.
  middleware() {
    return async (ctx, next) => {
      if (ctx.path.startsWith(PREFIX)) return this.#obey(ctx);
      if (this.#token && ctx.path === this.tokenPath && ctx.method === 'POST') return this.#misbehave(ctx);
      await next();
      if (ctx.path === this.revocationPath && ctx.method === 'POST' && ctx.status === 200) this.counts.revocation += 1;
      const location = ctx.response.get('Location');
      if (this.#callback && this.redirectUris.some((uri) => location.startsWith(`${uri}?`))) this.#tamper(ctx, location);
      return undefined;
    };
  }

  async #obey(ctx) {
    ctx.set('Cache-Control', 'no-store');
    const asked = `${ctx.method} ${ctx.path.slice(PREFIX.length)}`;
    if (asked === 'GET counts') {
      ctx.body = this.counts;
      return;
    }
    if (!ctx.is('json')) ctx.throw(415);
    const order = JSON.parse(await readText(ctx));
    if (asked === 'PUT callback') this.#callback = order;
    else if (asked === 'PUT token') this.#token = order;
    else if (asked === 'POST expire') await this.expire(order);
    else ctx.throw(404);
    ctx.status = 204;
  }

  async #misbehave(ctx) {
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

  #tamper(ctx, location) {
    const { set = {}, remove = [] } = this.#callback;
    this.#callback = undefined;
    const url = new URL(location);
    for (const name of remove) url.searchParams.delete(name);
    for (const [name, value] of Object.entries(set)) url.searchParams.set(name, value);
    ctx.redirect(url.href);
  }
}
