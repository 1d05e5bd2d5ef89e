// Lets the page open without a network, from its second visit on. Only once the app is there: what it takes must not
// delay the first view. A browser that has no service workers, or forbids them, needs the network each time.

addEventListener('TrunkApplicationStarted', () => {
  navigator.serviceWorker?.register('/service-worker.js', { updateViaCache: 'none' }).catch(() => {});
});
