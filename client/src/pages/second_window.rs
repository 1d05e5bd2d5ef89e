//! The second window in which a person signs in again, while the first one stays as it is.

use crate::browser::address::{close_window, is_fresh_window};
use crate::components::{Page, RouteLink};
use crate::hooks::light::use_effect_with;
use crate::hooks::{SessionStatus, use_session};
use crate::route::Route;
use crate::text::general::{BACK, SECOND_WINDOW_DONE, SIGN_IN, SIGNED_IN, SIGNING_IN};
use yew::prelude::*;

/// Starts the sign-in by itself, once; afterwards the window closes.
#[component]
pub fn SecondWindowPage() -> Html {
    let session = use_session();
    let sign_in = session.sign_in.reform(|()| Route::SignIn.to_path());
    {
        let sign_in = sign_in.clone();
        use_effect_with(session.status.clone(), move |status| match status {
            // Who came back by the browser's Back wants something else.
            SessionStatus::SignedOut if is_fresh_window() => sign_in.emit(()),
            SessionStatus::SignedIn(_) => close_window(),
            _ => (),
        });
    }
    match session.status {
        SessionStatus::SignedIn(_) => html! {
            <Page key="done" title={SIGNED_IN}>
                <p role="status">{ SECOND_WINDOW_DONE }</p>
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
                    onclick={sign_in.reform(|_| ())}
                >
                    { SIGN_IN }
                </button>
            </Page>
        },
    }
}
