//! What can be done with the selected ones of a list; stays in view while the list is scrolled.

use crate::text::table::{SELECT_NONE, SELECTION};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// How many are selected, the `actions` on them, and the way to select none.
pub fn selection_bar(said: String, on_clear: &Callback<()>, actions: Html) -> Html {
    html! {
        <section class="selection-bar" aria-label={SELECTION}>
            <div class="selection-bar__head">
                <p role="status">{ said }</p>
                <button type="button" class="button button--quiet" onclick={on_clear.reform(|_| focus_list())}>
                    { SELECT_NONE }
                </button>
            </div>
            <div class="actions">{ actions }</div>
        </section>
    }
}

/// What can have the focus in the lists that are selected from: the first of it stays, the bar does not.
const STAYS: &str =
    "[role=grid], .members__pick input, .list-head__all input, .collection-row input";

fn focus_list() {
    let list = gloo_utils::document().query_selector(STAYS).ok().flatten();
    if let Some(list) = list.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = list.focus();
    }
}
