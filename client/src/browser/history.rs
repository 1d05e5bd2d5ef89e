//! The browser's history: which page of ours the address names, and going to another one.

use super::address::location;
use gloo_events::EventListener;
use wasm_bindgen::JsValue;

/// The path of the address, without query and fragment.
pub fn path() -> String {
    location()
        .and_then(|location| location.pathname().ok())
        .unwrap_or_else(|| "/".to_owned())
}

/// Whether the page that is left can be gone back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// It stays in the history.
    Kept,
    /// It does not.
    Replaced,
}

/// Gives the page another address of this site, without loading anything.
pub fn go(path: &str, leave: Leave) {
    let Some(history) = web_sys::window().and_then(|window| window.history().ok()) else {
        return;
    };
    // Refused only for the address of another site, and a path is none.
    let _ = match leave {
        Leave::Kept => history.push_state_with_url(&JsValue::NULL, "", Some(path)),
        Leave::Replaced => history.replace_state_with_url(&JsValue::NULL, "", Some(path)),
    };
}

/// Calls `then` whenever the user goes back or forth, until the listener drops.
pub fn on_travel(then: impl Fn() + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "popstate", move |_| then()))
}
