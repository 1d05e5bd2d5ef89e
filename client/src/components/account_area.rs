//! The account at the top of every page: name and sign-out, or sign-in and registration.

use crate::components::{button, isolated_name};
use crate::hooks::SessionStatus;
use crate::text::general::{REGISTER, SIGN_IN, SIGN_IN_AGAIN, SIGN_OUT, SIGNING_IN, SIGNING_OUT};
use yew::prelude::*;

pub fn account_area(
    status: &SessionStatus,
    register_url: Option<&str>,
    on_sign_in: &Callback<()>,
    on_sign_out: &Callback<()>,
) -> Html {
    let sign_in = |label: &'static str| button("button--primary", label, on_sign_in);
    let name = |name: &str| {
        html! { <span class="account__name">{ isolated_name(name) }</span> }
    };
    let content = match status {
        SessionStatus::SigningIn | SessionStatus::Confirming(_) => {
            html! { <span class="soft">{ SIGNING_IN }</span> }
        }
        SessionStatus::SigningOut => html! { <span class="soft">{ SIGNING_OUT }</span> },
        SessionStatus::SignedIn(me) => html! {
            <>{ name(&me.name) }{ button("", SIGN_OUT, on_sign_out) }</>
        },
        SessionStatus::Expired(me) => html! { <>{ name(&me.name) }{ sign_in(SIGN_IN_AGAIN) }</> },
        SessionStatus::SignedOut | SessionStatus::Failed(_) => html! {
            <>
                if let Some(url) = register_url {
                    <a href={url.to_owned()}>{ REGISTER }</a>
                }
                { sign_in(SIGN_IN) }
            </>
        },
    };
    html! { <div class="account">{ content }</div> }
}
