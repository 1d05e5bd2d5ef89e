// The sign-in server or the person refuses the sign-in, or the server fails: the page explains it and shows what to do.

import { expect, test } from '../support/fixtures.mjs';
import { expectRefused, expectWaysOn, leaveWithCollection, submit } from './support.mjs';

const UNREACHABLE = 'The sign-in server cannot be reached right now.';

const cases = {
  'the person says no': {
    act: ({ page }) => page.getByRole('button', { name: 'Do not sign in' }).click(),
    words: 'Access was not granted. You can continue without an account, or try again.',
  },
  'the server is in trouble': {
    prepare: (authServer) => authServer.alterNextCallback({ error: 'server_error', error_description: 'Out of coffee' }, ['code']),
    words: 'The sign-in server says: Out of coffee (server_error).',
  },
  'the token endpoint fails': {
    prepare: (authServer) => authServer.failNextTokenRequest(500),
    complaint: /status of 500/,
    words: UNREACHABLE,
  },
  'the token endpoint refuses': {
    prepare: (authServer) => authServer.failNextTokenRequest(400),
    complaint: /status of 400/,
    words: 'The sign-in server refused (server_error).',
  },
  'the token endpoint never answers': {
    prepare: (authServer) => authServer.ignoreNextTokenRequest(),
    words: UNREACHABLE,
  },
};

for (const [name, { prepare, act, complaint, words }] of Object.entries(cases)) {
  test(name, async ({ site, page, demo, guard }) => {
    if (complaint) guard.allow(complaint);
    const counts = await demo.authServer.countFromNow();
    await leaveWithCollection(site);
    await prepare?.(demo.authServer);
    await (act ?? (() => submit(page)))({ page });
    await expectRefused(site, words);
    expect(await counts()).toMatchObject({ authorization_code: 0 });
    await expectWaysOn(site);
  });
}
