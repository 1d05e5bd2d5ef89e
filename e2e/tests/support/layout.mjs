// Checks that all of a page is readable: nothing is wider than the window, and no text is cut off.

import { expect } from '@playwright/test';
import { drawn } from './frames.mjs';

/// Describes everything that does not fit; runs in the page.
function layoutProblems() {
  const found = new Set();
  const { clientWidth, scrollWidth } = document.scrollingElement;
  if (scrollWidth > clientWidth) found.add(`the page is ${scrollWidth} px wide in a window of ${clientWidth} px`);
  const called = (element) => `${element.tagName.toLowerCase()}.${element.className} “${element.textContent.trim().slice(0, 40)}”`;
  for (const element of document.querySelectorAll('body *')) {
    const { overflowX, clipPath } = getComputedStyle(element);
    const scrolls = overflowX === 'auto' || overflowX === 'scroll';
    if (scrolls && clipPath === 'none' && element.scrollWidth > element.clientWidth) found.add(`${called(element)} scrolls sideways`);
  }
  // Content higher than its box covers the content below.
  for (const element of document.querySelectorAll('label, li, p, h1, h2, h3, dd, [role="row"]')) {
    const { overflowY } = getComputedStyle(element);
    if (overflowY === 'visible' && element.clientHeight > 0 && element.scrollHeight > element.clientHeight + 2) {
      found.add(`${called(element)} is ${element.scrollHeight} px high in ${element.clientHeight} px`);
    }
  }
  // A link may shorten a long name: its target shows the whole name.
  const isShortened = (element) => element.tagName === 'A' && getComputedStyle(element).webkitLineClamp !== 'none';
  const cut = (text, ancestor) => {
    const { overflowX, overflowY } = getComputedStyle(ancestor);
    const room = ancestor.getBoundingClientRect();
    const hides = (overflow) => overflow === 'hidden' || overflow === 'clip';
    return (hides(overflowX) && (text.right > room.right + 1 || text.left < room.left - 1))
      || (hides(overflowY) && (text.bottom > room.bottom + 2 || text.top < room.top - 2));
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const parent = text.parentElement;
    const ancestors = [];
    for (let one = parent; one && one !== document.body; one = one.parentElement) ancestors.push(one);
    const unseen = (one) => getComputedStyle(one).clipPath !== 'none' || one.matches('select, textarea, script, noscript, style');
    if (!text.data.trim() || !parent.checkVisibility({ visibilityProperty: true }) || ancestors.some(unseen)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      const isShown = !ancestors.some((one) => cut(box, one) && isShortened(one));
      if (isShown && (box.right > clientWidth + 1 || box.left < -1)) found.add(`${called(parent)} stands outside the window`);
      const by = ancestors.find((one) => cut(box, one));
      if (by && !isShortened(by)) found.add(`${called(parent)} is cut off by ${called(by)}`);
    }
  }
  return [...found];
}

export async function expectFits(page, where) {
  // A new window size makes the page measure the rows of a long table again.
  await drawn(page);
  expect.soft(await page.evaluate(layoutProblems), where).toEqual([]);
}
