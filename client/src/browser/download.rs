//! Files that the browser saves, without a server: a link to a blob in the browser's memory.

use super::json;
use gloo_timers::callback::Timeout;
use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long the blob is kept for the download to begin.
const BLOB_LIFETIME_MS: u32 = 60_000;

/// Saves a value as a JSON file. A browser that forbids downloads saves nothing.
pub fn save_json_file(file_name: &str, value: &impl Serialize) {
    if let Some(json) = json::write_readable(value) {
        // Fails only in a browser without blobs, or when the page is being left.
        let _ = save_text_file(file_name, "application/json", &json);
    }
}

pub fn save_text_file(file_name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link = gloo_utils::document()
        .create_element("a")?
        .unchecked_into::<HtmlAnchorElement>();
    link.set_href(&url);
    link.set_download(file_name);
    link.click();
    // Some browsers read the link only after the click has been handled.
    Timeout::new(BLOB_LIFETIME_MS, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}
