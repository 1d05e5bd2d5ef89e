// How long the page was busy at a time: while it is, nothing that is typed or scrolled shows.

export class LongTasks {
  constructor(page) {
    this.page = page;
  }

  /// Watches every page of the test from its beginning. Browsers report tasks of 50 ms and more.
  static async watch(page) {
    await page.addInitScript(() => {
      window.longTasks = [];
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longTasks.push(duration);
      }).observe({ type: 'longtask' });
    });
    return new LongTasks(page);
  }

  /// Forgets what was.
  async reset() {
    await this.page.evaluate(() => {
      window.longTasks.length = 0;
    });
  }

  /// The longest task since, in ms; 0 if none was reported.
  async longest() {
    return this.page.evaluate(() => Math.round(Math.max(0, ...window.longTasks)));
  }
}
