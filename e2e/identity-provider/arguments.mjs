// Command line of the identity provider.

import { parseArgs } from 'node:util';

const USAGE = 'usage: main.mjs --people FILE --redirect-uri URL [--redirect-uri URL …] [--port N] [--access-token-ttl SECONDS]';

/// Answers `{port, people, redirectUris, accessTokenTtl}`, or ends the process with one line that says what is wrong.
export function readArguments(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '0' },
        people: { type: 'string' },
        'redirect-uri': { type: 'string', multiple: true },
        'access-token-ttl': { type: 'string', default: '3600' },
      },
    });
    if (!values.people) throw new Error('--people is missing');
    if (!values['redirect-uri']) throw new Error('--redirect-uri is missing');
    return {
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

export function wholeNumber(values, name, least) {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < least) throw new Error(`--${name} must be a whole number from ${least}`);
  return number;
}
