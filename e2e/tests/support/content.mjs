// The content of Redis, before and after.

import { readFileSync } from 'node:fs';

/// The lines of the sample data.
export const SAMPLE = readFileSync(new URL('../../data/legacy-gn2.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/// Gives Redis exactly this content.
export async function fill(client, lines = SAMPLE) {
  const batch = client.multi().flushAll();
  for (const { key, field, value, ttl_s: ttl } of lines) {
    batch.hSet(key, field, value);
    if (ttl) batch.expire(key, ttl);
  }
  await batch.exec();
}

/// The collections under an owner, or an empty list.
export async function list(client, key, owner) {
  return JSON.parse((await client.hGet(key, owner)) ?? '[]');
}

/// The legacy account of exactly this id in the sample data: its list as stored.
export function sampleList(key, owner) {
  const line = SAMPLE.find((candidate) => candidate.key === key && candidate.field === owner);
  return JSON.parse(line?.value ?? '[]');
}

/// Ids of the sample's legacy accounts with this address, however it is spelled.
export function legacyIds(email) {
  return SAMPLE.filter((line) => line.key === 'users')
    .map((line) => ({ id: line.field, account: JSON.parse(line.value) }))
    .filter(({ account }) => account.email_address?.trim().toLowerCase() === email)
    .map(({ id }) => id);
}

/// The fields of these keys, to compare what must not have changed.
export async function snapshot(client, keys = ['users', 'collections', 'collections2', 'migratable-accounts']) {
  return Object.fromEntries(await Promise.all(keys.map(async (key) => [key, { ...(await client.hGetAll(key)) }])));
}
