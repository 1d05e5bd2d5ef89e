// Command line of the gn-auth-like server.

import { parseArgs } from 'node:util';
import { wholeNumber } from '../identity-provider/arguments.mjs';

const USAGE = 'usage: main.mjs --people FILE --redirect-uri URL [--port N]';

/// Answers `{port, people, redirectUri}`, or ends the process with one line that says what is wrong.
export function readArguments(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '0' },
        people: { type: 'string' },
        'redirect-uri': { type: 'string' },
      },
    });
    if (!values.people) throw new Error('--people is missing');
    if (!values['redirect-uri']) throw new Error('--redirect-uri is missing');
    return {
      port: wholeNumber(values, 'port', 0),
      people: values.people,
      redirectUri: new URL(values['redirect-uri']).href,
    };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}
