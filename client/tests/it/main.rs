//! Tests of the page in a real browser: one binary, one module a subject.
//!
//! Only the network is played by [`support::network`]; database, session storage, address bar and
//! broadcast channels are the browser's own. Nothing sleeps: each test waits for what it looks for.

mod hooks;
mod json;
mod sign_in;
mod storage;
mod support;
mod transfer;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
