// Reads and writes the content of Redis.

import { readFileSync } from 'node:fs';

/// The records of the sample data.
export const SAMPLE = readFileSync(new URL('../../data/legacy-gn2.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/// Replaces the content of Redis.
export async function fill(client, lines = SAMPLE) {
  const batch = client.multi().flushAll();
  for (const { key, field, value, ttl_s: ttl } of lines) {
    batch.hSet(key, field, value);
    if (ttl) batch.expire(key, ttl);
  }
  await batch.exec();
}

/// Returns the collections of an owner.
export async function list(client, key, owner) {
  return JSON.parse((await client.hGet(key, owner)) ?? '[]');
}

/// Returns the list of this owner in the sample data.
export function sampleList(key, owner) {
  const line = SAMPLE.find((candidate) => candidate.key === key && candidate.field === owner);
  return JSON.parse(line?.value ?? '[]');
}

/// Returns the ids of the sample's legacy accounts with this address, in any spelling.
export function legacyIds(email) {
  return SAMPLE.filter((line) => line.key === 'users')
    .map((line) => ({ id: line.field, account: JSON.parse(line.value) }))
    .filter(({ account }) => account.email_address?.trim().toLowerCase() === email)
    .map(({ id }) => id);
}

/// Returns the fields of these keys.
export async function snapshot(client, keys = ['users', 'collections', 'collections2', 'migratable-accounts']) {
  return Object.fromEntries(await Promise.all(keys.map(async (key) => [key, { ...(await client.hGetAll(key)) }])));
}
