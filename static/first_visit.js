// Shows first_page.html while the app loads, to visitors who have left nothing in this browser.
// Everybody else sees "Loading…": the first page would tell them that they have no collections.

try {
  const isReturning = Object.keys(localStorage).some((key) => key.startsWith("gnc:"));
  if (location.pathname === "/" && !isReturning) {
    document.documentElement.dataset.firstVisit = "";
  }
} catch {
  // The browser forbids storage, so nothing is known about the visitor.
}
