//! Presentational components, drawn into the page of a headless browser.
//!
//! - [`draw`]: draws a component or what a function made, finds and uses what it has drawn
//! - [`names`]: whatever a name holds, it is shown as text and disturbs nothing
//! - [`lists`]: the list of collections and the table of traits
//! - [`forms`]: making, renaming and filling a collection
//! - [`transfers`]: offers, review, receipt
//! - [`messages`]: notices, toasts, who is signed in

#![cfg(target_arch = "wasm32")]

mod draw;
mod fixtures;
mod forms;
mod lists;
mod messages;
mod names;
mod transfers;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
