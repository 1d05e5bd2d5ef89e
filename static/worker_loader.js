// Starts the worker module. `cargo xtask page` joins this with the imported script, and adds hashes
// to the names.

importScripts("/worker.js");

wasm_bindgen({ module_or_path: "/worker_bg.wasm" }).catch((error) => {
  // The page receives errors of the worker, but no rejected promises.
  setTimeout(() => {
    throw error;
  });
});
