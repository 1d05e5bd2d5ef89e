//! Asks the user to confirm the account before it is signed in.

use crate::components::{Page, text_with_name};
use crate::text::general::{CONFIRM_BODY, CONFIRM_NO, CONFIRM_TITLE, CONFIRM_YES};
use shared::api::Me;
use yew::prelude::*;

/// Replaces every page until the user has answered.
pub fn confirm_identity_page(me: &Me, on_yes: &Callback<()>, on_no: &Callback<()>) -> Html {
    let title = CONFIRM_TITLE.replace("{name}", &me.name);
    html! {
        <Page key="confirm" {title}>
            <p>{ text_with_name(CONFIRM_BODY, Some(&me.email)) }</p>
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
