// `/register`: creates an account, which every user of the old system needs.

import { readForm } from './form.mjs';
import { alert, escape, field, page } from './page.mjs';

/// `home` is the target of the link after the registration.
export function registerPages(people, home) {
  return async (ctx, next) => {
    if (ctx.path !== '/register') return next();
    ctx.set('Cache-Control', 'no-store');
    if (ctx.method !== 'POST') {
      ctx.body = registerPage({});
      return undefined;
    }
    const form = await readForm(ctx);
    const typed = Object.fromEntries(['name', 'email', 'password'].map((name) => [name, form.get(name) ?? '']));
    if (Object.values(typed).some((value) => value.trim() === '')) {
      ctx.status = 422;
      ctx.body = registerPage({ ...typed, message: 'Fill in all three fields.' });
    } else if (people.register(typed)) {
      ctx.status = 201;
      ctx.body = registeredPage(typed.email, home);
    } else {
      ctx.status = 409;
      ctx.body = registerPage({ ...typed, message: 'There is already an account with this address. Sign in instead.' });
    }
    return undefined;
  };
}

function registerPage({ name = '', email = '', message }) {
  return page(
    'Register',
    `${alert(message)}
<p>This is a development server: it sends no mail and takes every address as verified.</p>
<form method="post" action="/register">
${field({ label: 'Name', name: 'name', value: name, autocomplete: 'name' })}
${field({ label: 'E-mail address', name: 'email', type: 'email', value: email, autocomplete: 'username' })}
${field({ label: 'Password', name: 'password', type: 'password', autocomplete: 'new-password' })}
<button type="submit">Register</button>
</form>`,
  );
}

function registeredPage(email, home) {
  return page(
    'You are registered',
    `<p>The account ${escape(email)} is ready. <a href="${escape(home)}/">Go to your collections</a> and sign in.</p>`,
  );
}
