// What a page draws, frame by frame.

/// Waits until what was due has been drawn, and what follows from that.
export function drawn(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
