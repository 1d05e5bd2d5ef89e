//! Saving something as a file, without a server: by a link to the browser's own memory.

use crate::browser::json;
use gloo_timers::callback::Timeout;
use js_sys::Array;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long the browser's memory is kept for the download to begin.
const RELEASED_AFTER_MS: u32 = 60_000;

/// Lets the browser save `value` as a JSON file of this name. A browser that forbids downloads saves nothing.
pub fn save_json(file_name: &str, value: &impl Serialize) {
    if let Some(json) = json::write_readable(value) {
        // The only reasons to fail are a browser without blobs or a page that is going away.
        let _ = save(file_name, "application/json", &json);
    }
}

/// Lets the browser save a text as a file of this name and media type.
///
/// # Errors
/// What the browser says: it has no blobs, or the page is going away.
pub fn save(file_name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
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
    // Some browsers read the link only after the click has been dealt with.
    Timeout::new(RELEASED_AFTER_MS, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}
