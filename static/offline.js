// Registers the service worker, with which the page opens without a network from its second visit
// on. Waits until the app has started, so that its downloads do not delay the first view.

addEventListener('TrunkApplicationStarted', () => {
  // Fails in a browser that forbids service workers; the page then needs the network each time.
  navigator.serviceWorker?.register('/service-worker.js', { updateViaCache: 'none' }).catch(() => {});
});
