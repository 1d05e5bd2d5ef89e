//! Small habits of a person in this browser, such as how a table is shown. What may not be lost is in the database.

use web_sys::Storage;

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// Whether a habit was taken up.
pub fn is_on(name: &str) -> bool {
    storage().is_some_and(|storage| storage.get_item(name).is_ok_and(|value| value.is_some()))
}

/// Takes a habit up or leaves it; where nothing can be kept, it holds for this page only.
pub fn set(name: &str, on: bool) {
    if let Some(storage) = storage() {
        let _ = if on {
            storage.set_item(name, "on")
        } else {
            storage.remove_item(name)
        };
    }
}
