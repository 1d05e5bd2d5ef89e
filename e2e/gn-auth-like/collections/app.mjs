// The ten endpoints under `/auth/user/collections` as a koa application.

import { randomUUID } from 'node:crypto';
import Koa from 'koa';

const PREFIX = '/auth/user/collections/';

class Refusal extends Error {
  constructor(status, error, description) {
    super(description);
    this.status = status;
    this.body = { error, error_description: description, 'error-trace': `Traceback (most recent call last):\n${error}: ${description}\n` };
  }
}

export function createApp({ lists, accounts, userUrl }) {
  const app = new Koa();
  app.use(errors);
  app.use(async (ctx) => {
    const rest = ctx.path.startsWith(PREFIX) ? ctx.path.slice(PREFIX.length) : '';
    const [, id, call] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(.+)$/.exec(rest) ?? [];
    const handler = CALLS[`${ctx.method} ${id ? `<id>/${call}` : rest}`];
    if (!handler) throw new Refusal(404, 'Not Found', `The page '${ctx.path}' does not exist on this server.`);
    const body = ctx.method === 'POST' ? await readJson(ctx) : {};
    const token = ctx.get('Authorization');
    const user = async () => account(userUrl, token);
    const owner = async () => (token ? user() : body.anon_id);
    ctx.body = await handler({ lists, accounts, id, body, user, owner, isSignedIn: Boolean(token) });
  });
  return app;
}

const CALLS = {
  'GET list': async ({ lists, user }) => (await lists.read(await user())).map(sent),
  'GET <id>/list': async ({ lists, accounts, id }) => (accounts.has(id) ? [] : (await lists.read(id)).map(sent)),
  'POST new': async ({ lists, body, owner }) => {
    const traits = body.traits ?? [];
    const now = new Date();
    const made = { id: randomUUID(), name: body.name, created: now, changed: now, num_members: traits.length, members: traits };
    const of = await owner();
    await lists.write(of, [...(await lists.read(of)), made]);
    return sent(made);
  },
  'POST <id>/view': async ({ lists, id, owner }) => sent(find(await lists.read(await owner()), id)),
  'POST <id>/rename': async (call) => {
    if (!call.body.new_name) return { message: 'No new name to change to.' };
    const collection = await change(call, () => ({ name: call.body.new_name }));
    return { message: 'Collection rename successful.', collection };
  },
  'POST <id>/traits/add': async (call) => {
    const { traits } = call.body;
    if (traits.length < 1) return { message: 'No trait to add to collection.' };
    // A set in Python has no order.
    const collection = await change(call, ({ members }) => counted([...new Set([...members, ...traits])].reverse()));
    return { message: `Added ${traits.length} traits to collection.`, collection };
  },
  'POST <id>/traits/remove': async (call) => {
    const { traits } = call.body;
    if (traits.length < 1) return { message: 'No trait to remove from collection.' };
    const collection = await change(call, ({ members }) => counted(members.filter((member) => !traits.includes(member))));
    return { message: `Deleted ${traits.length} traits from collection.`, collection };
  },
  'POST delete': async ({ lists, body, user, isSignedIn }) => {
    let deleted = 0;
    for (const owner of [body.anon_id, ...(isSignedIn ? [await user()] : [])]) {
      const collections = await lists.read(owner);
      const kept = collections.filter(({ id }) => !body.collection_ids.includes(id));
      await lists.write(owner, kept);
      deleted += collections.length - kept.length;
    }
    return { message: `Deleted ${deleted} collections.` };
  },
  'POST anonymous/import': async ({ lists, body, user }) => {
    const owner = await user();
    const anonymous = await lists.read(body.anon_id);
    await lists.write(owner, [...(await lists.read(owner)), ...anonymous]);
    await lists.remove(body.anon_id);
    return { message: `Import of ${anonymous.length} was successful.` };
  },
  'POST anonymous/delete': async ({ lists, body, user }) => {
    await user();
    const anonymous = await lists.read(body.anon_id);
    await lists.remove(body.anon_id);
    return { message: `Deletion of ${anonymous.length} was successful.` };
  },
};

/// Changes one collection, which moves to the end of the list, and returns it.
async function change({ lists, id, owner }, fields) {
  const of = await owner();
  const collections = await lists.read(of);
  const found = find(collections, id);
  const changed = { ...found, ...fields(found) };
  await lists.write(of, [...collections.filter((one) => one.id !== id), changed]);
  return sent(changed);
}

function counted(members) {
  return { members, num_members: members.length };
}

function find(collections, id) {
  const found = collections.find((one) => one.id === id);
  if (!found) throw new Refusal(404, 'NotFoundError', `Could not find a collection with ID \`${id}\`.`);
  return found;
}

/// Flask writes dates in JSON as HTTP does.
function sent(collection) {
  return { ...collection, created: collection.created.toUTCString(), changed: collection.changed.toUTCString() };
}

/// Returns the id of the account that a token belongs to.
async function account(userUrl, authorization) {
  if (!authorization) throw new Refusal(401, 'missing_authorization', 'Missing "Authorization" in headers.');
  const answer = await fetch(userUrl, { headers: { authorization, 'content-type': 'application/json' } });
  if (!answer.ok) throw new Refusal(401, 'invalid_token', 'The access token provided is invalid.');
  return (await answer.json()).user_id;
}

async function readJson(ctx) {
  if (!ctx.is('application/json')) throw new Refusal(415, 'UnsupportedMediaType', 'The request needs JSON.');
  const chunks = [];
  for await (const chunk of ctx.req) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

/// Answers every error as JSON; 500 for those that nobody expected.
async function errors(ctx, next) {
  try {
    await next();
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(500, error.name, error.message);
    ctx.status = refusal.status;
    ctx.body = refusal.body;
  }
}
