// The pages of the end-session endpoint.

import { page } from './page.mjs';

/// Ends the session at once, or by the button without scripts. `form` is that of the provider, with its XSRF secret.
export function signingOutPage(ctx, form) {
  ctx.body = page(
    'Signing out',
    `${form}
<button form="op.logoutForm" type="submit" name="logout" value="yes">Sign out</button>
<script>document.querySelector('button').click()</script>`,
  );
}

export function signedOutPage(ctx) {
  ctx.body = page('Signed out', '<p>You are signed out.</p>');
}
