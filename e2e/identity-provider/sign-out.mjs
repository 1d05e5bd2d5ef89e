// Pages of the end-session endpoint.

import { page } from './page.mjs';

/// Ends the session at once where scripts run, else by the button. `form` is the provider's own, with its XSRF secret.
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
