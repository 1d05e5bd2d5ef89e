//! Whether the browser keeps the stored data of this page until the user deletes it.

use js_sys::{Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

/// Requests persistent storage, and returns whether it was granted. Some browsers ask the user.
/// `None` in a browser without such requests.
pub async fn request() -> Option<bool> {
    call(StorageManager::persist).await
}

/// Whether storage is persistent. `None` when the browser does not tell.
pub async fn is_granted() -> Option<bool> {
    call(StorageManager::persisted).await
}

async fn call(method: fn(&StorageManager) -> Result<Promise, JsValue>) -> Option<bool> {
    // Without a secure connection there is no manager, and the call fails.
    let manager = web_sys::window()?.navigator().storage();
    JsFuture::from(method(&manager).ok()?).await.ok()?.as_bool()
}

/// Whether this is `WebKit`: Safari, and every browser on an iPhone or iPad. It deletes stored data
/// after seven days of use without a visit, unless storage is persistent.
pub fn is_webkit() -> bool {
    let vendor = web_sys::window().and_then(|window| {
        Reflect::get(&window.navigator(), &"vendor".into())
            .ok()?
            .as_string()
    });
    vendor.is_some_and(|vendor| vendor.starts_with("Apple"))
}
