//! Who is signed in, at the top of every page.

use crate::components::Name;
use crate::hooks::SessionStatus;
use crate::text::general::{REGISTER, SIGN_IN, SIGN_IN_AGAIN, SIGN_OUT, SIGNING_IN};
use yew::prelude::*;

/// Properties of [`AccountArea`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct AccountAreaProps {
    /// How far the sign-in is.
    pub status: SessionStatus,
    /// Where an account is made, if that is known.
    #[prop_or_default]
    pub register: Option<AttrValue>,
    /// The user wants to sign in.
    pub on_sign_in: Callback<()>,
    /// The user wants to sign out.
    pub on_sign_out: Callback<()>,
}

/// Name and sign-out, or sign-in and registration.
#[component]
pub fn AccountArea(props: &AccountAreaProps) -> Html {
    let sign_in = |label: &'static str| {
        html! {
            <button
                type="button"
                class="button button--primary"
                onclick={props.on_sign_in.reform(|_| ())}
            >
                { label }
            </button>
        }
    };
    let name = |name: &str| {
        html! { <span class="account__name"><Name value={name.to_owned()} /></span> }
    };
    let content = match &props.status {
        SessionStatus::SigningIn => html! { <span class="soft">{ SIGNING_IN }</span> },
        SessionStatus::SignedIn(me) => html! {
            <>
                { name(&me.name) }
                <button
                    type="button"
                    class="button"
                    onclick={props.on_sign_out.reform(|_| ())}
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
                if let Some(register) = &props.register {
                    <a href={register.clone()}>{ REGISTER }</a>
                }
                { sign_in(SIGN_IN) }
            </>
        },
    };
    html! { <div class="account">{ content }</div> }
}
