// Works when the app does not: shows the panel of index.html if the app cannot start, and saves the
// content of the browser's database to a file. It depends on the app only by the name of the
// database, so that it works after any defect and with any version of the object stores.

const DATABASE = "gn-collections";

const panel = document.getElementById("failed");
const status = document.getElementById("failed-status");

/** Milliseconds until the panel is shown if the app has not started. */
const STARTING_LIMIT = 30_000;

/** Any error before the first rendering means that the app cannot start. */
function showPanelIfNotStarted() {
  if (document.getElementById("starting")) {
    document.getElementById("app").hidden = true;
    panel.hidden = false;
  }
}

// In the capturing phase, in which a script that cannot be loaded reports its error.
addEventListener("error", showPanelIfNotStarted, true);
addEventListener("unhandledrejection", showPanelIfNotStarted);
// WebKit does not report that the script which starts the app has failed.
setTimeout(showPanelIfNotStarted, STARTING_LIMIT);
if (!("WebAssembly" in globalThis)) showPanelIfNotStarted();

// The network may be so slow that the app starts after all.
addEventListener("TrunkApplicationStarted", () => {
  document.getElementById("app").hidden = false;
  panel.hidden = true;
});

function toPromise(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    // The database does not exist. Only the app may create it.
    request.onupgradeneeded = () => request.transaction.abort();
  });
}

async function readDatabase() {
  const database = await toPromise(indexedDB.open(DATABASE));
  try {
    const stores = [...database.objectStoreNames];
    const transaction = database.transaction(stores, "readonly");
    const content = {};
    for (const store of stores) {
      content[store] = await toPromise(transaction.objectStore(store).getAll());
    }
    return content;
  } finally {
    database.close();
  }
}

function saveFile(content) {
  const blob = new Blob([JSON.stringify(content, null, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = "genenetwork-collections.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

document.getElementById("failed-export").addEventListener("click", async () => {
  try {
    saveFile(await readDatabase());
    status.textContent = "The file contains all collections of this browser.";
  } catch {
    status.textContent = "This browser has no collections, or does not allow access to them.";
  }
});

document.getElementById("failed-reload").addEventListener("click", () => location.reload());
