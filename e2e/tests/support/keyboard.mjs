// A person who uses only the keyboard: no click, and no focus set by a script. The focus is visible at each stop.

import { expect } from '@playwright/test';

/// More stops than any page has.
const STOPS = 120;

/// Describes the focused element and its visibility, or returns `null`; runs in the page.
function look() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const visible = (colour) => !/^(transparent|rgba\(.*, 0\))$/.test(colour);
  const ring = style.outlineStyle !== 'none' && visible(style.outlineColor) ? Number.parseFloat(style.outlineWidth) : 0;
  const reach = ring + Number.parseFloat(style.outlineOffset);
  const cut = (ancestor) => {
    if (getComputedStyle(ancestor).overflow === 'visible' || ancestor === document.documentElement) return false;
    const room = ancestor.getBoundingClientRect();
    return box.left - reach < room.left - 0.5 || box.right + reach > room.right + 0.5
      || box.top - reach < room.top - 0.5 || box.bottom + reach > room.bottom + 0.5;
  };
  const ancestors = [];
  for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) ancestors.push(one);
  const across = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const down = Math.min(Math.max(box.top + Math.min(box.height, innerHeight) / 2, 1), innerHeight - 1);
  const top = document.elementFromPoint(across, down);
  const scrolled = [...ancestors, document.documentElement].reduce((sum, one) => sum + one.scrollTop, 0);
  return {
    what: `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.innerText ?? element.id).trim().slice(0, 60)}”`,
    ring,
    cutBy: ancestors.filter(cut).map((one) => one.className || one.tagName),
    hidden: !(top && (element.contains(top) || top.contains(element))) && `${top?.tagName}.${top?.className}`,
    top: box.top + scrolled,
    bottom: box.bottom + scrolled,
    floats: ancestors.some((one) => getComputedStyle(one).position === 'fixed' && !one.matches('dialog')) || element.matches('.skip-link'),
    inDialog: Boolean(element.closest('dialog')),
    dialogOpen: Boolean(document.querySelector('dialog[open]')),
  };
}

export class Keyboard {
  constructor(page) {
    this.page = page;
  }

  /// Describes the focused element, or returns `null`.
  look() {
    return this.page.evaluate(look);
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  /// Goes to the next stop and describes it; returns `null` past the last one, in the controls of the browser.
  async step(key = 'Tab') {
    await this.press(key);
    const stop = await this.look();
    if (stop) expectSeen(stop);
    return stop;
  }

  /// Presses Tab until the control of this name has the focus.
  async to(role, name, { within = this.page, key = 'Tab' } = {}) {
    const wanted = within.getByRole(role, { name, exact: typeof name === 'string' });
    return this.toElement(wanted, `${role} “${name}”`, key);
  }

  async toElement(wanted, called, key = 'Tab') {
    // The control may become visible and enabled only after a while.
    await expect(wanted.first()).toBeVisible();
    await expect(wanted.first()).toBeEnabled();
    const passed = [];
    for (let stop = 0; stop < STOPS; stop += 1) {
      const seen = await this.step(key);
      if (seen && (await wanted.evaluateAll((all) => all.includes(document.activeElement)))) return seen;
      passed.push(seen?.what ?? '(none)');
    }
    throw new Error(`no Tab leads to ${called}; it passed ${passed.join(', ')}`);
  }

  /// Goes to a link or button and presses Enter.
  async use(role, name, options) {
    await this.to(role, name, options);
    await this.press(options?.with ?? 'Enter');
  }

  /// Replaces the text of the field of this name.
  async fill(label, text, options = {}) {
    await this.to(options.role ?? 'textbox', label, options);
    await this.press('ControlOrMeta+A');
    await this.write(text);
  }

  /// Types into the focused element, key by key.
  async write(text) {
    await this.page.keyboard.type(text);
  }

  /// Checks that an element has the focus after an action.
  async expectHeld() {
    await expect.poll(() => this.look(), 'the focus is not lost').not.toBeNull();
    return this.look();
  }
}

/// Checks that the focus is visible: its ring is not cut off, and nothing covers the element.
export function expectSeen({ what, ring, cutBy, hidden }) {
  expect(ring, `the ring around ${what}, in pixels`).toBeGreaterThanOrEqual(2);
  expect(cutBy, `what cuts the ring around ${what}`).toEqual([]);
  expect(hidden, `what covers ${what}`).toBe(false);
}
