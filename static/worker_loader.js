// Starts the worker module, whose files trunk names without a hash: the server has browsers ask whether they are new.

importScripts("/worker.js");

wasm_bindgen({ module_or_path: "/worker_bg.wasm" }).catch((error) => {
  // As a rejected promise nobody outside would hear of it; as an error the page does.
  setTimeout(() => {
    throw error;
  });
});
