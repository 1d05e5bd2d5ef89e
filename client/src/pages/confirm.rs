//! Asks whether the person who is about to be signed in is the one who sits here.

use crate::components::{Page, sentence};
use crate::text::general::{CONFIRM_BODY, CONFIRM_NO, CONFIRM_TITLE, CONFIRM_YES};
use shared::api::Me;
use yew::prelude::*;

/// Stands in place of every page until the person has answered.
pub fn confirm_page(me: &Me, on_yes: &Callback<()>, on_no: &Callback<()>) -> Html {
    let title = CONFIRM_TITLE.replace("{name}", &me.name);
    html! {
        <Page key="confirm" {title}>
            <p>{ sentence(CONFIRM_BODY, Some(&me.email)) }</p>
            <div class="actions">
                <button
                    type="button"
                    class="button button--primary"
                    onclick={on_yes.reform(|_| ())}
                >
                    { CONFIRM_YES }
                </button>
                <button type="button" class="button" onclick={on_no.reform(|_| ())}>
                    { CONFIRM_NO }
                </button>
            </div>
        </Page>
    }
}
