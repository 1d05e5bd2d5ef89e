// Every page and every dialog of the client has a screen in support/screens.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { SCREENS } from './support/screens.mjs';

const CLIENT = new URL('../../client/src/', import.meta.url);

const read = (path) => readFileSync(new URL(path, CLIENT), 'utf8');

test('every page has a screen', () => {
  const [, variants] = read('route.rs').match(/pub enum Route \{(.*?)\n\}/s);
  const routes = [...variants.matchAll(/^ {4}(\w+)[ ,{]/gm)].map(([, name]) => name);
  expect(routes).toContain('Collections');
  const seen = new Set(Object.values(SCREENS).map(({ route }) => route));
  expect(routes.filter((route) => !seen.has(route))).toEqual([]);
});

test('every dialog has a screen', () => {
  const files = readdirSync(CLIENT, { recursive: true }).filter((name) => name.endsWith('.rs'));
  const drawing = files.filter((name) => /^\s*<Dialog\b/m.test(read(name))).map((name) => name.split('/').pop());
  expect(drawing).toContain('new_collection_dialog.rs');
  const seen = new Set(Object.values(SCREENS).map(({ dialog }) => dialog));
  expect(drawing.filter((name) => !seen.has(name))).toEqual([]);
});
