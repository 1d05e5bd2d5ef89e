// Works when the app does not: shows the panel of index.html if the app cannot start, and saves what the
// browser's database holds. It knows nothing of the app but the name of that database, so that it still
// works after any defect and with any version of the stores.

const DATABASE = "gn-collections";

const panel = document.getElementById("failed");
const status = document.getElementById("failed-status");

/** Before the app has drawn itself, any error means that it will not. */
function showIfNotStarted() {
  if (document.getElementById("starting")) {
    document.getElementById("app").hidden = true;
    panel.hidden = false;
  }
}

addEventListener("error", showIfNotStarted);
addEventListener("unhandledrejection", showIfNotStarted);

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    // A database that has to be made now holds nothing; it must not be made by us.
    request.onupgradeneeded = () => request.transaction.abort();
  });
}

async function everything() {
  const database = await settled(indexedDB.open(DATABASE));
  try {
    const stores = [...database.objectStoreNames];
    const transaction = database.transaction(stores, "readonly");
    const all = {};
    for (const store of stores) {
      all[store] = await settled(transaction.objectStore(store).getAll());
    }
    return all;
  } finally {
    database.close();
  }
}

function save(content) {
  const blob = new Blob([JSON.stringify(content, null, 2)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = "genenetwork-collections.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

document.getElementById("failed-export").addEventListener("click", async () => {
  try {
    save(await everything());
    status.textContent = "The file holds every collection of this browser.";
  } catch {
    status.textContent = "This browser holds no collections, or does not give them out.";
  }
});

document.getElementById("failed-reload").addEventListener("click", () => location.reload());
