//! Traits that a page of another site submitted to this one. They wait in sessionStorage, which
//! this tab alone has, so that they survive a reload and a sign-in.

use super::address::{location, replace_query};
use shared::formats::submitted::{META, TOO_LARGE_META, join_fields};
use web_sys::{Element, Storage};

const KEY: &str = "gnc:submitted-traits";

/// Moves the traits from the page or its address into sessionStorage. This runs before anything
/// that may leave the page, as a sign-in does.
pub fn receive() {
    if meta(TOO_LARGE_META).is_some() {
        remove_stored();
    } else {
        let Some(traits) = arrived() else { return };
        let stored = storage().is_some_and(|storage| storage.set_item(KEY, &traits).is_ok());
        if !stored {
            // They stay where they are, as long as this page is open.
            return;
        }
        if let Some(meta) = meta(META) {
            meta.remove();
        }
    }
    // The page is then one that was not submitted, and the browser reloads it without asking.
    replace_query(|_| String::new());
}

/// Whether the traits were too many, so that none of them arrived.
pub fn are_too_large() -> bool {
    meta(TOO_LARGE_META).is_some()
}

/// The traits, as they were submitted.
pub fn read() -> Option<String> {
    // Traits of an earlier submission are stored until these are.
    arrived().or_else(|| storage()?.get_item(KEY).ok()?)
}

/// Removes the traits from this tab.
pub fn remove() {
    remove_stored();
    if let Some(meta) = meta(META) {
        meta.remove();
    }
}

fn remove_stored() {
    if let Some(storage) = storage() {
        // Fails only in a browser that forbids storage, which holds none.
        let _ = storage.remove_item(KEY);
    }
}

/// The traits in the answer to a form, or in the address of a link.
fn arrived() -> Option<String> {
    if let Some(meta) = meta(META) {
        return meta.get_attribute("content");
    }
    let query = location()?.search().ok()?;
    join_fields(form_urlencoded::parse(
        query.trim_start_matches('?').as_bytes(),
    ))
}

fn meta(name: &str) -> Option<Element> {
    let selector = format!("meta[name={name}]");
    gloo_utils::document().query_selector(&selector).ok()?
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}
