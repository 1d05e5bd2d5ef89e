//! Keeps the focus on its trait when another tab changes the collection: what is pressed next must not be the button of
//! another one, which has moved to its place.

use super::member::row_id;
use crate::components::page::focus_heading;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What the table shows: the members, in stored order, and positions in them of those that are shown, in their order.
pub(super) type Rows = (Rc<[String]>, Rc<Vec<usize>>);

/// Where the member is now that was in this place before.
pub(super) fn moved((old, before): &Rows, (members, shown): &Rows, place: usize) -> Option<usize> {
    let member = &old[*before.get(place)?];
    shown.iter().position(|at| members[*at] == *member)
}

/// After the rows have been drawn anew. In a grid the focus is on no row, and this does nothing.
pub(super) fn follow(before: &Rows, now: &Rows) {
    let Some((focused, row)) = gloo_utils::document().active_element().and_then(|focused| {
        let row = focused.closest("[data-place]").ok()??;
        Some((focused, row))
    }) else {
        return;
    };
    let place = row
        .get_attribute("data-place")
        .and_then(|place| place.parse::<usize>().ok());
    let now = place.and_then(|place| moved(before, now, place));
    if now == place {
        return;
    }
    let control = match focused.get_attribute("data-act") {
        Some(act) => format!("[data-act={act}]"),
        None => "a".to_owned(),
    };
    let found = now.and_then(|place| {
        let selector = format!("#{} {control}", row_id(place));
        gloo_utils::document().query_selector(&selector).ok()?
    });
    match found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        Some(control) => {
            let _ = control.focus();
        }
        // It has gone, or is on another page.
        None => focus_heading(),
    }
}
