//! What can be done with the selected ones of a list; stays in view while the list is scrolled.

use crate::text::table::{SELECT_NONE, SELECTION};
use yew::prelude::*;

/// How many are selected, the `actions` on them, and the way to select none.
pub fn selection_bar(said: String, on_clear: &Callback<()>, actions: Html) -> Html {
    html! {
        <section class="selection-bar" aria-label={SELECTION}>
            <p role="status">{ said }</p>
            <div class="actions">
                { actions }
                <button type="button" class="button button--quiet" onclick={on_clear.reform(|_| ())}>
                    { SELECT_NONE }
                </button>
            </div>
        </section>
    }
}
