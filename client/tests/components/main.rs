//! Tests of components in the page of a headless browser.
//!
//! - [`render`]: renders a component and uses it as a user does
//! - [`names`]: names of any content are shown as text
//! - [`lists`]: the list of collections and the table of traits
//! - [`forms`]: creating and renaming collections, and adding traits
//! - [`transfers`]: offers, review, receipt
//! - [`translation`]: pages that a translator works on
//! - [`messages`]: notices, toasts, the account area

#![cfg(target_arch = "wasm32")]

mod fixtures;
mod forms;
mod lists;
mod messages;
mod names;
mod render;
mod transfers;
mod translation;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
