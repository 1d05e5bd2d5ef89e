// Starts the worker module. `cargo xtask page` makes one file of this and the script it imports, and gives names with a hash.

importScripts("/worker.js");

wasm_bindgen({ module_or_path: "/worker_bg.wasm" }).catch((error) => {
  // As a rejected promise nobody outside would hear of it; as an error the page does.
  setTimeout(() => {
    throw error;
  });
});
