//! Where the sign-in server sends the browser back to.

use crate::components::{Page, RouteLink, failure};
use crate::hooks::light::use_effect_with;
use crate::hooks::{CallbackOutcome, use_callback_outcome, use_navigator, use_session};
use crate::route::Route;
use crate::text::errors;
use crate::text::general::{BACK, SIGN_IN_FAILED, SIGNING_IN, TRY_AGAIN};
use yew::prelude::*;

/// Waits for the sign-in to be decided, then goes where the person was before.
#[component]
pub fn CallbackPage() -> Html {
    let outcome = use_callback_outcome();
    let session = use_session();
    let navigator = use_navigator();
    use_effect_with(outcome.clone(), move |outcome| {
        if let (CallbackOutcome::Done { return_to }, Some(navigator)) = (outcome, navigator) {
            // Replaced, so that going back does not lead here again.
            navigator.replace(return_to.clone());
        }
    });
    match outcome {
        CallbackOutcome::Working | CallbackOutcome::Done { .. } => html! {
            <Page key="working" title={SIGNING_IN} />
        },
        CallbackOutcome::Waiting(error) => html! {
            <Page key="working" title={SIGNING_IN}>{ failure(&error, Html::default()) }</Page>
        },
        CallbackOutcome::Failed(error) => {
            let onclick = session
                .sign_in
                .reform(|_: MouseEvent| Route::Collections.to_path());
            html! {
                <Page key="failed" title={SIGN_IN_FAILED}>
                    <p role="alert">{ errors::sign_in(&error) }</p>
                    <div class="actions">
                        <button type="button" class="button button--primary" {onclick}>{ TRY_AGAIN }</button>
                        <RouteLink to={Route::Collections}>{ BACK }</RouteLink>
                    </div>
                </Page>
            }
        }
    }
}
