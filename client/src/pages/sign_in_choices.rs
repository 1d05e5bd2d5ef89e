//! The ways out of a sign-in that has failed or is delayed.

use crate::components::button;
use crate::text::general::{CONTINUE_WITHOUT_ACCOUNT, TRY_AGAIN};
use yew::prelude::*;

pub fn sign_in_choices(on_retry: &Callback<()>, on_abandon: &Callback<()>) -> Html {
    html! {
        <div class="actions">
            { button("button--primary", TRY_AGAIN, on_retry) }
            { button("", CONTINUE_WITHOUT_ACCOUNT, on_abandon) }
        </div>
    }
}
