//! The window in which a user signs in again while the page in the first window stays open.

use crate::browser::address::{close_window, is_fresh_window};
use crate::components::{Page, RouteLink};
use crate::hooks::{SessionStatus, use_session};
use crate::route::Route;
use crate::text::general::{BACK, SIGN_IN, SIGN_IN_WINDOW_DONE, SIGNED_IN, SIGNING_IN};
use yew::prelude::*;

/// Starts the sign-in at once, and closes the window afterwards.
#[component]
pub fn SignInWindowPage() -> Html {
    let session = use_session();
    {
        let sign_in = session.sign_in.clone();
        use_effect_with(session.status.clone(), move |status| match status {
            // Not after the browser's back button, with which the user left the sign-in.
            SessionStatus::SignedOut if is_fresh_window() => sign_in.emit(()),
            SessionStatus::SignedIn(_) => close_window(),
            _ => (),
        });
    }
    match session.status {
        SessionStatus::SignedIn(_) => html! {
            <Page key="done" title={SIGNED_IN}>
                <p role="status">{ SIGN_IN_WINDOW_DONE }</p>
                <RouteLink to={Route::Collections}>{ BACK }</RouteLink>
            </Page>
        },
        SessionStatus::SigningIn | SessionStatus::Confirming(_) => html! {
            <Page key="working" title={SIGNING_IN} />
        },
        _ => html! {
            <Page key="start" title={SIGN_IN}>
                <button
                    type="button"
                    class="button button--primary"
                    onclick={session.sign_in.reform(|_| ())}
                >
                    { SIGN_IN }
                </button>
            </Page>
        },
    }
}
