// For how long the main threads of pages are busy with one thing: while they are, nothing that is typed or scrolled shows.

/// Watches every page of this browser from now on: a function that ends that, and answers for how long the longest task was
/// computing, and for how long the longest one lasted, in milliseconds. The latter grows with whatever else the machine does, and
/// says little of the page.
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
