// The frames of a page.

/// Waits for two frames, so that all pending changes are drawn.
export function drawn(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
