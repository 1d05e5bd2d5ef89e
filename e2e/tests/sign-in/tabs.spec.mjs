// Simultaneous sign-ins in several tabs.

import { expect, test } from '../support/fixtures.mjs';
import { leave, NAME, submit } from './support.mjs';

test('three tabs sign in in interleaved order, and each returns to its own page', async ({ site }) => {
  const tabs = [site, await site.anotherTab(), await site.anotherTab()];
  const paths = ['/', '/activity', '/migrate'];
  for (const [index, tab] of tabs.entries()) {
    await tab.open(paths[index]);
    await leave(tab);
  }
  for (const index of [1, 2, 0]) {
    await submit(tabs[index].page);
    await tabs[index].expectSignedIn(NAME);
    await expect(tabs[index].page).toHaveURL(new RegExp(`${paths[index]}$`));
  }
});
