// The places that are looked at are all there are: every page that the app knows, and every dialog that it draws.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { PLACES } from './support/places.mjs';

const CLIENT = new URL('../../client/src/', import.meta.url);

const read = (path) => readFileSync(new URL(path, CLIENT), 'utf8');

test('no page is left out', () => {
  const [, variants] = read('route.rs').match(/pub enum Route \{(.*?)\n\}/s);
  const routes = [...variants.matchAll(/^ {4}(\w+)[ ,{]/gm)].map(([, name]) => name);
  expect(routes).toContain('Collections');
  const seen = new Set(Object.values(PLACES).map(({ route }) => route));
  expect(routes.filter((route) => !seen.has(route))).toEqual([]);
});

test('no dialog is left out', () => {
  const files = readdirSync(CLIENT, { recursive: true }).filter((name) => name.endsWith('.rs'));
  const drawing = files.filter((name) => /^\s*<Dialog\b/m.test(read(name))).map((name) => name.split('/').pop());
  expect(drawing).toContain('new_collection.rs');
  const seen = new Set(Object.values(PLACES).map(({ dialog }) => dialog));
  expect(drawing.filter((name) => !seen.has(name))).toEqual([]);
});
