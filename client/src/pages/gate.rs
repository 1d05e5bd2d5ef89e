//! What stands in place of a page that needs a sign-in.

use crate::components::{Page, Tone, notice};
use crate::hooks::{SessionStatus, use_session};
use crate::route::Route;
use crate::text::general::{SIGN_IN, SIGN_IN_FIRST_BODY, SIGN_IN_FIRST_TITLE, SIGNING_IN};
use yew::prelude::*;

/// Properties of [`Gate`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct GateProps {
    /// Heading of the page.
    pub title: AttrValue,
    /// Where the page is, to come back to it after the sign-in.
    pub route: Route,
    /// The page. It may fetch: it is drawn only with somebody signed in.
    pub children: Html,
}

/// The page for those who are signed in, or were until their sign-in ran out; a sign-in for all others.
#[component]
pub fn Gate(props: &GateProps) -> Html {
    let session = use_session();
    match session.status {
        SessionStatus::SignedIn(_) | SessionStatus::Expired(_) => props.children.clone(),
        SessionStatus::SigningIn | SessionStatus::Confirming(_) => html! {
            <Page key="gate" title={props.title.clone()}>
                <p class="loading" role="status">{ SIGNING_IN }</p>
            </Page>
        },
        SessionStatus::SignedOut | SessionStatus::SigningOut | SessionStatus::Failed(_) => {
            let path = props.route.to_path();
            let onclick = session.sign_in.reform(move |_: MouseEvent| path.clone());
            let body = html! {
                <>
                    <p>{ SIGN_IN_FIRST_BODY }</p>
                    <button type="button" class="button button--primary" {onclick}>{ SIGN_IN }</button>
                </>
            };
            html! {
                <Page key="gate" title={props.title.clone()}>
                    { notice(Tone::Plain, SIGN_IN_FIRST_TITLE, body) }
                </Page>
            }
        }
    }
}
