//! Shows a page to users who are signed in, and a sign-in button to others.

use crate::components::{Page, Severity, notice};
use crate::hooks::{SessionStatus, use_session};
use crate::text::general::{SIGN_IN, SIGN_IN_FIRST_BODY, SIGN_IN_FIRST_TITLE, SIGNING_IN};
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct RequireSignInProps {
    pub title: AttrValue,
    /// Rendered only after the sign-in, so it may fetch data of the account.
    pub children: Html,
}

/// Shows the page also when the sign-in has expired. A sign-in returns to the page.
#[component]
pub fn RequireSignIn(props: &RequireSignInProps) -> Html {
    let session = use_session();
    match session.status {
        SessionStatus::SignedIn(_) | SessionStatus::Expired(_) => props.children.clone(),
        SessionStatus::SigningIn | SessionStatus::Confirming(_) => html! {
            <Page key="require-sign-in" title={props.title.clone()}>
                <p class="loading" role="status">{ SIGNING_IN }</p>
            </Page>
        },
        SessionStatus::SignedOut | SessionStatus::SigningOut | SessionStatus::Failed(_) => {
            let onclick = session.sign_in.reform(|_: MouseEvent| ());
            let body = html! {
                <>
                    <p>{ SIGN_IN_FIRST_BODY }</p>
                    <button type="button" class="button button--primary" {onclick}>{ SIGN_IN }</button>
                </>
            };
            html! {
                <Page key="require-sign-in" title={props.title.clone()}>
                    { notice(Severity::Info, SIGN_IN_FIRST_TITLE, body) }
                </Page>
            }
        }
    }
}
