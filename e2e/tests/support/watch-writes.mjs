// Records everything that a page stores at the moment of writing: a check at the end of a test misses what was removed before.

let watchers = 0;

/// Reports all writes; runs in every page before its scripts.
function report(binding) {
  const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value) ?? '');
  const wrap = (prototype, name, place) => {
    const original = prototype[name];
    prototype[name] = function wrapped(...values) {
      window[binding](place(this), values.map(text).join(' '));
      return original.apply(this, values);
    };
  };
  wrap(Storage.prototype, 'setItem', (storage) => (storage === window.localStorage ? 'localStorage' : 'sessionStorage'));
  for (const name of ['put', 'add']) wrap(IDBObjectStore.prototype, name, () => 'IndexedDB');
  for (const name of ['pushState', 'replaceState']) wrap(History.prototype, name, () => 'the history');
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie');
  Object.defineProperty(Document.prototype, 'cookie', {
    ...cookie,
    set(value) {
      window[binding]('a cookie that scripts see', value);
      cookie.set.call(this, value);
    },
  });
}

/// Calls `noted(place, text)` for each write of each page.
export async function watchWrites(context, noted) {
  watchers += 1;
  const binding = `noteWritten${watchers}`;
  await context.exposeBinding(binding, (_source, place, text) => noted(place, text));
  await context.addInitScript(report, binding);
}
