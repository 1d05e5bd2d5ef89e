// Signs in with the form of `/auth/authorise` as a browser does, for tests.

/// Fetches the form that a client asks for at this address, and submits it. Returns the answer, which redirects after a sign-in.
export async function submitForm(asked, person) {
  const html = await (await fetch(asked)).text();
  const [, action] = /action="([^"]+)"/.exec(html);
  const hidden = [...html.matchAll(/type="hidden" name="([^"]+)" value="([^"]+)"/g)].map(([, name, value]) => [name, value]);
  const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...person });
  return fetch(new URL(action, asked.origin), { method: 'POST', redirect: 'manual', body });
}
