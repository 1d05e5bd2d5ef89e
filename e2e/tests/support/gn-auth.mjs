// The format that gn-auth requires of every collection: one wrong collection makes the whole list unreadable.

import { expect } from '@playwright/test';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
// Python's `%b %d %Y %I:%M%p` in English.
const TIMESTAMP = /^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-3]\d \d{4} (0[1-9]|1[0-2]):[0-5]\d(AM|PM)$/;

export function expectReadable(collections) {
  for (const collection of collections) {
    expect(collection.id).toMatch(UUID);
    expect(typeof collection.name).toBe('string');
    expect(collection.created ?? collection.created_timestamp).toMatch(TIMESTAMP);
    expect(collection.changed ?? collection.changed_timestamp).toMatch(TIMESTAMP);
    expect(Array.isArray(collection.members)).toBe(true);
    expect(collection.num_members).toBe(collection.members.length);
  }
  const ids = collections.map((collection) => collection.id);
  expect(new Set(ids).size).toBe(ids.length);
}
