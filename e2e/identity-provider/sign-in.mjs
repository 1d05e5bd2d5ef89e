// `/interaction/{uid}`: the sign-in page. After it the provider sends the browser back to the client, without a
// consent step.

import { readForm } from './form.mjs';
import { alert, escape, field, page } from './page.mjs';

export function signInPages(provider, people) {
  return async (ctx, next) => {
    if (!/^\/interaction\/[\w-]+$/.test(ctx.path)) return next();
    ctx.set('Cache-Control', 'no-store');

    const interaction = await provider.interactionDetails(ctx.req, ctx.res).catch(() => undefined);
    if (!interaction) {
      ctx.status = 400;
      ctx.body = page('Sign in again', '<p>This sign-in was already used, or is too old. Go back to where you came from and start again.</p>');
      return undefined;
    }
    const finish = async (result) => {
      ctx.status = 303;
      ctx.redirect(await provider.interactionResult(ctx.req, ctx.res, result, { mergeWithLastSubmission: true }));
    };
    // A client may request consent by `prompt=consent`: it is granted without a question.
    if (interaction.prompt.name !== 'login') return finish({ consent: {} });

    if (ctx.method !== 'POST') {
      ctx.body = signInPage(ctx.path, { mayRefuse: true });
      return undefined;
    }
    const form = await readForm(ctx);
    if (form.has('refuse')) return finish({ error: 'access_denied', error_description: 'The person refused.' });
    const email = form.get('email') ?? '';
    const person = people.signIn(email, form.get('password') ?? '');
    if (person) return finish({ login: { accountId: person.user_id } });

    ctx.status = 401;
    ctx.body = signInPage(ctx.path, { mayRefuse: true, email, message: 'E-mail address and password do not match.' });
    return undefined;
  };
}

/// Returns the form with these hidden fields. With `mayRefuse` the person can refuse.
export function signInPage(action, { email = '', message, hidden = {}, mayRefuse = false }) {
  const carried = Object.entries(hidden).map(([name, value]) => `<input type="hidden" name="${name}" value="${escape(value)}">\n`);
  return page(
    'Sign in',
    `${alert(message)}
<form method="post" action="${escape(action)}">
${carried.join('')}${field({ label: 'E-mail address', name: 'email', type: 'email', value: email, autocomplete: 'username' })}
${field({ label: 'Password', name: 'password', type: 'password', autocomplete: 'current-password' })}
<button type="submit">Sign in</button>
${mayRefuse ? '<button type="submit" name="refuse" value="yes" formnovalidate>Do not sign in</button>\n' : ''}</form>
<p>No account yet? <a href="/register">Register</a>, then sign in.</p>`,
  );
}
