//! The address bar.

use wasm_bindgen::JsValue;
use web_sys::Location;

/// The address bar, where there is one.
pub fn location() -> Option<Location> {
    web_sys::window().map(|window| window.location())
}

/// Leaves this page for another one.
pub fn leave_for(url: &str) {
    if let Some(location) = location() {
        // Refused only for addresses that are none, and this is one.
        let _ = location.assign(url);
    }
}

/// Changes the query of the address, in the history too, without leaving the page.
pub fn replace_query(change: impl FnOnce(&str) -> String) {
    let Some(window) = web_sys::window() else {
        return;
    };
    let location = window.location();
    let (Ok(path), Ok(query), Ok(hash), Ok(history)) = (
        location.pathname(),
        location.search(),
        location.hash(),
        window.history(),
    ) else {
        return;
    };
    let address = format!("{path}{}{hash}", change(&query));
    // The same page with another query cannot be refused.
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
}
