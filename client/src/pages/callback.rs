//! The page to which the sign-in server redirects the browser.

use crate::components::{Page, api_error_notice};
use crate::hooks::{CallbackOutcome, use_callback_outcome, use_navigator, use_session};
use crate::pages::sign_in_choices::sign_in_choices;
use crate::route::Route;
use crate::text::errors;
use crate::text::general::{SIGN_IN_FAILED, SIGNING_IN};
use yew::prelude::*;
use yew_router::AnyRoute;

/// Waits for the result of the sign-in, then returns to the page where it started.
#[component]
pub fn CallbackPage() -> Html {
    let outcome = use_callback_outcome();
    let session = use_session();
    let navigator = use_navigator();
    let on_abandon = {
        let (abandon, navigator) = (session.abandon.clone(), navigator.clone());
        Callback::from(move |()| {
            abandon.emit(());
            if let Some(navigator) = &navigator {
                navigator.replace(&Route::Collections);
            }
        })
    };
    use_effect_with(outcome.clone(), move |outcome| {
        if let (CallbackOutcome::Finished { return_to }, Some(navigator)) = (outcome, navigator) {
            // Replaces this page in the history, so that the back button does not return to it.
            navigator.replace(&AnyRoute::new(return_to.clone()));
        }
    });
    match outcome {
        CallbackOutcome::Pending | CallbackOutcome::Finished { .. } => html! {
            <Page key="working" title={SIGNING_IN} />
        },
        CallbackOutcome::Delayed(error) => {
            let choices = sign_in_choices(&session.retry, &on_abandon);
            html! {
                <Page key="working" title={SIGNING_IN}>{ api_error_notice(&error, choices) }</Page>
            }
        }
        CallbackOutcome::Failed(error) => {
            html! {
                <Page key="failed" title={SIGN_IN_FAILED}>
                    <p role="alert">{ errors::sign_in_error(&error) }</p>
                    { sign_in_choices(&session.sign_in, &on_abandon) }
                </Page>
            }
        }
    }
}
