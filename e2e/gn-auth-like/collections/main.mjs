// gn-auth's collection endpoints for comparisons, in a process of their own: see ../README.md. Never for production.

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createClient } from 'redis';
import { serve } from '../../identity-provider/serve.mjs';
import { createApp } from './app.mjs';
import { Lists } from './lists.mjs';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    // Its people are the accounts.
    people: { type: 'string' },
    redis: { type: 'string' },
    // Says whose token it is.
    'user-url': { type: 'string' },
  },
});
const people = JSON.parse(await readFile(values.people, 'utf8'));
const redis = await createClient({ url: values.redis }).connect();
const app = createApp({
  lists: new Lists(redis),
  accounts: new Set(people.map(({ user_id }) => user_id)),
  userUrl: values['user-url'],
});

serve(Number(values.port), (base) => ({ handler: app.callback(), urls: { url: base } }));
process.once('SIGTERM', () => redis.destroy());
