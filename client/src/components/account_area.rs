//! Who is signed in, at the top of every page.

use crate::components::isolated_name;
use crate::hooks::SessionStatus;
use crate::text::general::{REGISTER, SIGN_IN, SIGN_IN_AGAIN, SIGN_OUT, SIGNING_IN, SIGNING_OUT};
use yew::prelude::*;

/// Name and sign-out, or sign-in and registration, if it is known where an account is made.
pub fn account_area(
    status: &SessionStatus,
    register: Option<&str>,
    on_sign_in: &Callback<()>,
    on_sign_out: &Callback<()>,
) -> Html {
    let sign_in = |label: &'static str| {
        html! {
            <button
                type="button"
                class="button button--primary"
                onclick={on_sign_in.reform(|_| ())}
            >
                { label }
            </button>
        }
    };
    let name = |name: &str| {
        html! { <span class="account__name">{ isolated_name(name) }</span> }
    };
    let content = match status {
        SessionStatus::SigningIn | SessionStatus::Confirming(_) => {
            html! { <span class="soft">{ SIGNING_IN }</span> }
        }
        SessionStatus::SigningOut => html! { <span class="soft">{ SIGNING_OUT }</span> },
        SessionStatus::SignedIn(me) => html! {
            <>
                { name(&me.name) }
                <button
                    type="button"
                    class="button"
                    onclick={on_sign_out.reform(|_| ())}
                >
                    { SIGN_OUT }
                </button>
            </>
        },
        SessionStatus::Expired(me) => html! {
            <>{ name(&me.name) }{ sign_in(SIGN_IN_AGAIN) }</>
        },
        SessionStatus::SignedOut | SessionStatus::Failed(_) => html! {
            <>
                if let Some(register) = register {
                    <a href={register.to_owned()}>{ REGISTER }</a>
                }
                { sign_in(SIGN_IN) }
            </>
        },
    };
    html! { <div class="account">{ content }</div> }
}
