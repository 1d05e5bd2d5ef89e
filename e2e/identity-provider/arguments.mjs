// The command line of both auth servers.

import { parseArgs } from 'node:util';

const USAGE = 'usage: main.mjs --people FILE --redirect-uri URL [--redirect-uri URL …] [--port N] [--access-token-ttl SECONDS]';

/// Returns `{port, people, redirectUris, accessTokenTtl}` and the values of `more` options by their names, or ends the process
/// with one line on the error.
export function readArguments(args, more = {}) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '0' },
        people: { type: 'string' },
        'redirect-uri': { type: 'string', multiple: true },
        'access-token-ttl': { type: 'string', default: '3600' },
        ...more,
      },
    });
    if (!values.people) throw new Error('--people is missing');
    if (!values['redirect-uri']) throw new Error('--redirect-uri is missing');
    for (const [name, { choices }] of Object.entries(more)) {
      if (choices && !choices.includes(values[name])) throw new Error(`--${name} must be one of ${choices.join(', ')}`);
    }
    return {
      ...Object.fromEntries(Object.keys(more).map((name) => [name, values[name]])),
      port: wholeNumber(values, 'port', 0),
      people: values.people,
      redirectUris: values['redirect-uri'].map((uri) => new URL(uri).href),
      accessTokenTtl: wholeNumber(values, 'access-token-ttl', 1),
    };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

function wholeNumber(values, name, minimum) {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < minimum) throw new Error(`--${name} must be a whole number from ${minimum}`);
  return number;
}
