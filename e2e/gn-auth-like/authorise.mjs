// `/auth/authorise`: the sign-in form. It is posted without the query string, so `state`, `scope` and the PKCE challenge are
// lost; only the id of the client is in the form, and in 2025 the redirect URI.

import { readForm } from '../identity-provider/form.mjs';
import { page } from '../identity-provider/page.mjs';
import { signInPage } from '../identity-provider/sign-in.mjs';

export const AUTHORISE = '/auth/authorise';

export function authorisePages({ release, people, client }) {
  return async (ctx, next) => {
    if (ctx.path !== AUTHORISE) return next();
    ctx.set('Cache-Control', 'no-store');
    const form = ctx.method === 'POST' ? await readForm(ctx) : new URLSearchParams(ctx.querystring);
    const [defaultUri] = client.redirectUris;
    const redirectUri = release.redirectsAsAsked ? (form.get('redirect_uri') ?? defaultUri) : defaultUri;
    if (form.get('client_id') !== client.id || !client.redirectUris.includes(redirectUri)) {
      ctx.status = 400;
      ctx.body = page('Unknown client', '<p>No client is registered here with this id and redirect URI.</p>');
      return undefined;
    }
    const hidden = { client_id: client.id, ...(release.redirectsAsAsked && { redirect_uri: redirectUri }) };
    const show = (more) => {
      ctx.body = signInPage(AUTHORISE, { hidden, ...more });
    };
    if (ctx.method !== 'POST') return show({});

    const email = form.get('email') ?? '';
    const person = people.signIn(email, form.get('password') ?? '');
    const refusal = refusalOf(person, release);
    if (refusal) {
      ctx.status = 401;
      return show({ email, message: refusal });
    }
    const target = new URL(redirectUri);
    target.searchParams.set('code', client.issueCode(person));
    if (release.redirectsAsAsked) target.searchParams.set('user_id', person.user_id);
    ctx.status = 302;
    ctx.redirect(target.href);
    return undefined;
  };
}

function refusalOf(person, release) {
  if (!person) return 'E-mail address and password do not match.';
  return person.email_verified || release.admitsUnverified ? undefined : 'Verify your e-mail address first.';
}
