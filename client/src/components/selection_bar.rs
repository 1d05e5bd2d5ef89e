//! The bar with the actions for selected rows; it stays in view while the list is scrolled.

use crate::components::button;
use crate::components::dom::focus_selector;
use crate::text::table::{SELECT_NONE, SELECTION};
use yew::prelude::*;

/// The elements of lists and tables that get the focus when the bar goes.
const FOCUS_TARGETS: &str =
    "[role=grid], .members__pick input, .list-head__all input, .collection-row input";

pub fn selection_bar(status: String, on_clear: &Callback<()>, actions: Html) -> Html {
    let on_clear = on_clear.reform(|()| {
        focus_selector(FOCUS_TARGETS);
    });
    html! {
        <section class="selection-bar" aria-label={SELECTION}>
            <div class="selection-bar__head">
                <p role="status">{ status }</p>
                { button("button--quiet", SELECT_NONE, &on_clear) }
            </div>
            <div class="actions">{ actions }</div>
        </section>
    }
}
