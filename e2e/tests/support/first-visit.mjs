// Visitors who have been here before, and so see "Loading…" instead of the first page while the app loads.

/// Lets the page believe that this browser has been here before.
export const visitAgain = (page) => page.addInitScript(() => localStorage.setItem('gnc:returning', 'on'));
