//! Whether the browser keeps what this page stores until the user deletes it.

use js_sys::{Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

/// Asks the browser to keep it, and says what it answered; `None` when it cannot be asked. Some browsers ask the user.
pub async fn ask() -> Option<bool> {
    answer(StorageManager::persist).await
}

/// Whether it does; `None` when it does not tell.
pub async fn granted() -> Option<bool> {
    answer(StorageManager::persisted).await
}

async fn answer(question: fn(&StorageManager) -> Result<Promise, JsValue>) -> Option<bool> {
    // Without a secure connection there is no manager, and the call fails.
    let manager = web_sys::window()?.navigator().storage();
    JsFuture::from(question(&manager).ok()?)
        .await
        .ok()?
        .as_bool()
}

/// Whether this is `WebKit`, which is every browser on an iPhone or iPad and Safari elsewhere. It removes what a page
/// has stored after seven days of use without a visit, unless it has agreed to keep it.
pub fn is_webkit() -> bool {
    let vendor = web_sys::window().and_then(|window| {
        Reflect::get(&window.navigator(), &"vendor".into())
            .ok()?
            .as_string()
    });
    vendor.is_some_and(|vendor| vendor.starts_with("Apple"))
}
