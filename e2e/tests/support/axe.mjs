// Runs axe with all rules, also those of WCAG 2.2, which are off by default.

import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';

export async function expectAccessible(page, where) {
  // The usual mode opens another page for each result, in case there are frames of other origins.
  const builder = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await builder.options({ rules: { 'target-size': { enabled: true } } }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  expect.soft(found, `axe, ${where}`).toEqual([]);
}
