//! The app: what all pages stand in, and which page is shown.

use crate::api::ApiError;
use crate::components::account_area::account_area;
use crate::components::frame::Frame;
use crate::components::later::Later;
use crate::components::page::focus_heading;
use crate::components::toast::ToastProvider;
use crate::components::{Tone, failure, notice};
use crate::hooks::{
    CallbackOutcome, Local, Remote, Session, SessionStatus, TransferSource, use_config, use_local,
    use_navigator, use_session,
};
use crate::later::Wanted;
use crate::pages::callback::CallbackPage;
use crate::pages::collections::CollectionsPage;
use crate::pages::confirm::confirm_page;
use crate::pages::keeping;
use crate::pages::not_found::not_found_page;
use crate::pages::second_window::SecondWindowPage;
use crate::route::Route;
use crate::state::providers::Providers;
use crate::state::router::Router;
use crate::text::errors;
use crate::text::general::{EXPIRED_BODY, EXPIRED_TITLE, SIGN_IN_AGAIN, SIGN_IN_FAILED};
use crate::text::storage::{OFFLINE_BODY, OFFLINE_TITLE};
use web_sys::HtmlElement;
use yew::prelude::*;

/// Ids that `index.html` and this module agree on.
const APP: &str = "app";
const FAILED: &str = "failed";

/// Draws the app in place of the words that `index.html` shows while it loads.
///
/// # Panics
/// With an `index.html` that has no place for the app.
pub fn start() {
    yew::set_custom_panic_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        show_failed();
    }));
    let root = gloo_utils::document()
        .get_element_by_id(APP)
        .expect("index.html has a place for the app");
    yew::Renderer::<App>::with_root(root).render();
}

/// Shows the panel of `index.html` that works without the app. A panic must not lead to a second one, so
/// what is missing here is passed over.
fn show_failed() {
    let document = gloo_utils::document();
    if let Some(app) = document.get_element_by_id(APP) {
        let _ = app.set_attribute("hidden", "");
    }
    if let Some(panel) = document.get_element_by_id(FAILED) {
        let _ = panel.remove_attribute("hidden");
        if let Ok(Some(heading)) = panel.query_selector("h1") {
            let _ = wasm_bindgen::JsCast::unchecked_into::<HtmlElement>(heading).focus();
        }
    }
}

/// The whole app.
#[component]
pub fn App() -> Html {
    html! {
        <Router>
            <Providers>
                <ToastProvider>
                    <Shell />
                </ToastProvider>
            </Providers>
        </Router>
    }
}

/// The frame with the current page in it.
#[component]
fn Shell() -> Html {
    let (session, config, local) = (use_session(), use_config(), use_local());
    let path = use_navigator().map_or_else(
        || Route::Collections.to_path(),
        |navigator| navigator.path().to_string(),
    );
    let current = Route::at(&path);
    let register = config
        .ready()
        .and_then(|config| config.links.register.clone());
    let on_callback = current == Route::Callback;
    // After a failed sign-in the address is the callback's, which is no page to come back to.
    let return_to = if on_callback {
        Route::Collections.to_path()
    } else {
        path
    };
    let on_sign_in = session.sign_in.reform(move |()| return_to.clone());
    let on_sign_out = session.sign_out.reform(|()| {
        // The button goes, and what is shown of the account with it.
        focus_heading();
    });
    let account = account_area(
        &session.status,
        register.as_deref(),
        &on_sign_in,
        &on_sign_out,
    );
    let version = config
        .ready()
        .map(|config| AttrValue::from(config.version.clone()));
    html! {
        <Frame current={current.clone()} {account} {version} at_rest={session.status == SessionStatus::SigningOut}>
            if let SessionStatus::Confirming(me) = &session.status {
                { confirm_page(me, &session.confirm, &session.sign_out) }
            } else {
                if !on_callback {
                    { alerts(&session, failed(&config), &local, &on_sign_in) }
                }
                { page(current) }
            }
        </Frame>
    }
}

fn failed<T>(remote: &Remote<T>) -> Option<&ApiError> {
    match remote {
        Remote::Failed(error) => Some(error),
        _ => None,
    }
}

fn page(route: Route) -> Html {
    match route {
        Route::Collections => html! { <CollectionsPage /> },
        Route::AccountCollection { id } => later(Wanted::AccountCollection(id)),
        Route::LocalCollection { id } => later(Wanted::LocalCollection(id)),
        Route::Migrate => later(Wanted::Review(TransferSource::Legacy)),
        Route::Import => later(Wanted::Review(TransferSource::Local)),
        Route::ImportSession => later(Wanted::Review(TransferSource::Session)),
        Route::Activity => later(Wanted::Activity),
        Route::Callback => html! { <CallbackPage /> },
        Route::SignIn => html! { <SecondWindowPage /> },
        Route::NotFound => not_found_page(),
    }
}

fn later(wanted: Wanted) -> Html {
    html! { <Later {wanted} /> }
}

/// What concerns every page: no settings, a sign-in that takes long, has run out or failed.
fn alerts(
    session: &Session,
    config_error: Option<&ApiError>,
    local: &Local,
    on_sign_in: &Callback<()>,
) -> Html {
    let content = match (config_error, &session.status) {
        (Some(ApiError::Network), _) => {
            let body = html! { <p>{ OFFLINE_BODY }</p> };
            notice(Tone::Caution, OFFLINE_TITLE, body)
        }
        (Some(error), _) => failure(error, Html::default()),
        (None, SessionStatus::SigningIn) => match &session.callback {
            CallbackOutcome::Waiting(error) => failure(error, Html::default()),
            _ => Html::default(),
        },
        (None, SessionStatus::Expired(_)) => {
            let body = html! {
                <>
                    <p>{ EXPIRED_BODY }</p>
                    <button
                        type="button"
                        class="button button--primary"
                        onclick={on_sign_in.reform(|_| ())}
                    >
                        { SIGN_IN_AGAIN }
                    </button>
                </>
            };
            notice(Tone::Caution, EXPIRED_TITLE, body)
        }
        (None, SessionStatus::Failed(error)) => {
            let body = html! { <p>{ errors::sign_in(error) }</p> };
            notice(Tone::Danger, SIGN_IN_FAILED, body)
        }
        (None, _) => Html::default(),
    };
    let stored = keeping::alarm(local);
    if content == Html::default() && stored == Html::default() {
        return Html::default();
    }
    html! { <div class="alerts">{ content }{ stored }</div> }
}
