//! Settings of a person in this browser, such as the style of a table. Data that must not be lost
//! belongs into the database.

use web_sys::Storage;

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

pub fn is_on(name: &str) -> bool {
    storage().is_some_and(|storage| storage.get_item(name).is_ok_and(|value| value.is_some()))
}

/// Stores a setting. In a browser that forbids storage it is forgotten with the page.
pub fn set(name: &str, on: bool) {
    if let Some(storage) = storage() {
        let _ = if on {
            storage.set_item(name, "on")
        } else {
            storage.remove_item(name)
        };
    }
}
