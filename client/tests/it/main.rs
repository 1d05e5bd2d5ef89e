//! Tests of the page in a real browser, one module per subject.
//!
//! Only the network is mocked, by [`support::network`]. Database, session storage, address bar and
//! broadcast channels are those of the browser. No test sleeps: each waits for a state.

mod hooks;
mod json;
mod sign_in;
mod storage;
mod support;
mod transfer;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
