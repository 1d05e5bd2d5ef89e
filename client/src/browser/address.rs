//! The address bar, and the windows of this page.

use wasm_bindgen::JsValue;
use web_sys::{Location, UrlSearchParams};

pub fn location() -> Option<Location> {
    web_sys::window().map(|window| window.location())
}

/// Returns the path and the query of the page on screen.
pub fn path_with_query() -> String {
    let parts = location().map(|location| [location.pathname(), location.search()]);
    let parts = parts.into_iter().flatten();
    parts.map(Result::unwrap_or_default).collect()
}

/// Leaves this page for a URL.
pub fn navigate_to(url: &str) {
    if let Some(location) = location() {
        // Fails only for text that is not a URL.
        let _ = location.assign(url);
    }
}

/// Replaces the query of the address, in the history too, without leaving the page.
pub fn replace_query(new_query: impl FnOnce(&str) -> String) {
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
    let address = format!("{path}{}{hash}", new_query(&query));
    // WebKit refuses more than a hundred changes in half a minute.
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
}

/// Returns the value of a parameter in the query of the address, or an empty text.
pub fn query_parameter(name: &str) -> String {
    let query = location().and_then(|location| location.search().ok());
    let parameters = query.and_then(|query| UrlSearchParams::new_with_str(&query).ok());
    let value = parameters.and_then(|parameters| parameters.get(name));
    value.unwrap_or_default()
}

/// Replaces a parameter in the query of the address; an empty value removes it.
pub fn set_query_parameter(name: &str, value: &str) {
    replace_query(|query| {
        let Ok(parameters) = UrlSearchParams::new_with_str(query) else {
            return query.to_owned();
        };
        if value.is_empty() {
            parameters.delete(name);
        } else {
            parameters.set(name, value);
        }
        match String::from(parameters.to_string()) {
            none if none.is_empty() => none,
            some => ["?", &some].concat(),
        }
    });
}

/// Opens one of our pages in a small second window, and returns whether the browser allowed it.
pub fn open_window(path: &str) -> bool {
    let window = web_sys::window();
    let opened = window.and_then(|window| {
        let features = "popup,width=520,height=760";
        window
            .open_with_url_and_target_and_features(path, "gnc-sign-in", features)
            .ok()?
    });
    opened.is_some()
}

/// Whether this window shows its first page.
pub fn is_fresh_window() -> bool {
    let history = web_sys::window().and_then(|window| window.history().ok());
    history.is_some_and(|history| history.length().is_ok_and(|length| length <= 1))
}

/// Closes this window if a page opened it.
pub fn close_window() {
    if let Some(window) = web_sys::window() {
        let _ = window.close();
    }
}
