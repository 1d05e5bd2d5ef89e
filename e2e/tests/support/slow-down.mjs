// Simulates a slow machine: with `GNC_E2E_DELAY=300` each response, each completed transaction of the database and each message
// of another tab comes 300 ms later. A test that fails then passes only by luck.

import { setTimeout as pause } from 'node:timers/promises';

const DELAY = Number(process.env.GNC_E2E_DELAY ?? 0);

/// Delays these events; runs in every page before its scripts.
function delayEvents(delay) {
  const late = (prototype, type) => {
    const { addEventListener, removeEventListener } = prototype;
    const wrapped = new WeakMap();
    prototype.addEventListener = function add(name, heard, options) {
      if (name !== type || !heard) return addEventListener.call(this, name, heard, options);
      const later = (event) => setTimeout(() => heard.call(this, event), delay);
      wrapped.set(heard, later);
      return addEventListener.call(this, name, later, options);
    };
    prototype.removeEventListener = function remove(name, heard, options) {
      const added = name === type ? wrapped.get(heard) : undefined;
      return removeEventListener.call(this, name, added ?? heard, options);
    };
    const handler = Object.getOwnPropertyDescriptor(prototype, `on${type}`);
    Object.defineProperty(prototype, `on${type}`, {
      ...handler,
      set(heard) {
        handler.set.call(this, heard && ((event) => setTimeout(() => heard.call(this, event), delay)));
      },
    });
  };
  late(IDBTransaction.prototype, 'complete');
  late(BroadcastChannel.prototype, 'message');
}

export async function slowDown(context) {
  if (!DELAY) return;
  await context.route('**', async (route) => {
    await pause(DELAY);
    // The page may be closed by now.
    await route.fallback().catch(() => {});
  });
  await context.addInitScript(delayEvents, DELAY);
}
