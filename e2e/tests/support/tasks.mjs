// How long the main thread of a page is busy without a break: meanwhile it shows neither input nor scrolling.

export class LongTasks {
  constructor(page) {
    this.page = page;
  }

  /// Watches every page of the test from its start. Browsers report tasks of 50 ms and more.
  static async watch(page) {
    await page.addInitScript(() => {
      window.longTasks = [];
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longTasks.push(duration);
      }).observe({ type: 'longtask' });
    });
    return new LongTasks(page);
  }

  /// Forgets earlier tasks.
  async reset() {
    await this.page.evaluate(() => {
      window.longTasks.length = 0;
    });
  }

  /// Returns the longest task since then in ms, or 0.
  async longest() {
    return this.page.evaluate(() => Math.round(Math.max(0, ...window.longTasks)));
  }
}

/// Watches every page of this browser from now on. Returns a function that ends the watch and returns the longest computing
/// time and the longest duration of a task in ms. The duration grows with other work of the machine.
export async function watchTasks(browser) {
  await browser.startTracing(undefined, { categories: ['toplevel'] });
  return async () => {
    const { traceEvents } = JSON.parse(await browser.stopTracing());
    const thread = ({ pid, tid }) => `${pid} ${tid}`;
    const ofPages = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
    const threads = new Set(ofPages.map(thread));
    const tasks = traceEvents.filter((event) => event.name.endsWith('RunTask') && threads.has(thread(event)));
    if (!tasks.some(({ tdur }) => tdur > 0)) throw new Error('the browser does not tell what its tasks compute');
    const longest = (times) => Math.round(times.reduce((most, time) => Math.max(most, time ?? 0), 0) / 1000);
    return { computing: longest(tasks.map(({ tdur }) => tdur)), lasting: longest(tasks.map(({ dur }) => dur)) };
  };
}
