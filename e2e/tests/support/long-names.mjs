// A long name without any position for a line break.

import { legacyIds, list } from './content.mjs';

/// 200 characters.
export const LONG_NAME = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(4).slice(0, 200);

function stored(id, members) {
  const stamp = 'Nov 12 2019 03:27PM';
  return { id, name: LONG_NAME, created: stamp, changed: stamp, num_members: members.length, members };
}

/// Adds a collection of this name to the account and to a legacy account of the same person.
export async function addLongNames({ redis, demo }, email) {
  const owner = demo.person(email).user_id;
  const [earlier] = legacyIds(email);
  const add = async (key, field, collection) => {
    await redis.hSet(key, field, JSON.stringify([collection, ...(await list(redis, key, field))]));
  };
  await add('collections2', owner, stored('0c7b5f0e-2f4e-4b53-9a52-3c1a3b6f2a11', ['1:BXDPublish']));
  await add('collections', earlier, stored('0c7b5f0e-2f4e-4b53-9a52-3c1a3b6f2a12', ['1:BXDPublish', `${LONG_NAME}:BXDPublish`]));
}
