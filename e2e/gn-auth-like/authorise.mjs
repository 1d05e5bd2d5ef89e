// `/auth/authorise`: the sign-in form. It posts without the query string, so that `state`, `redirect_uri`, `scope` and
// the PKCE challenge are lost; only the client's id is in the form.

import { readForm } from '../identity-provider/form.mjs';
import { page } from '../identity-provider/page.mjs';
import { signInPage } from '../identity-provider/sign-in.mjs';

export const AUTHORISE = '/auth/authorise';

export function authorisePages(people, client) {
  return async (ctx, next) => {
    if (ctx.path !== AUTHORISE) return next();
    ctx.set('Cache-Control', 'no-store');
    const form = ctx.method === 'POST' ? await readForm(ctx) : new URLSearchParams(ctx.querystring);
    if (form.get('client_id') !== client.id) {
      ctx.status = 400;
      ctx.body = page('Unknown client', '<p>No such client is registered here.</p>');
      return undefined;
    }
    const show = (more) => {
      ctx.body = signInPage(AUTHORISE, { hidden: { client_id: client.id }, ...more });
    };
    if (ctx.method !== 'POST') return show({});

    const email = form.get('email') ?? '';
    const person = people.signIn(email, form.get('password') ?? '');
    if (!person?.email_verified) {
      ctx.status = 401;
      return show({ email, message: person ? 'Verify your e-mail address first.' : 'E-mail address and password do not match.' });
    }
    const target = new URL(client.redirectUri);
    target.searchParams.set('code', client.issueCode(person));
    ctx.status = 302;
    ctx.redirect(target.href);
    return undefined;
  };
}
