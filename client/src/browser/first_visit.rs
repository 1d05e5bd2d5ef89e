//! The first page, which a visitor who has left nothing in this browser sees before the app has
//! loaded (`static/first_page.html`). The app draws the same from the start, so that it stays.

use super::preference;

/// An attribute of the document, set by `static/first_visit.js`.
const FIRST_VISIT: &str = "data-first-visit";

/// Any setting with the prefix `gnc:` makes the next visit one of somebody who returns.
const RETURNING: &str = "gnc:returning";

/// Whether the visitor was shown the first page while the app loaded.
pub fn is_first_visit() -> bool {
    let document = gloo_utils::document_element();
    document.has_attribute(FIRST_VISIT)
}

/// Remembers that the visitor has collections, so that no later visit begins with the first page.
pub fn remember_return() {
    preference::set(RETURNING, true);
    // The document may lack the attribute.
    let _ = gloo_utils::document_element().remove_attribute(FIRST_VISIT);
}
