//! The app: the layout of all pages, and the current page in it.

use crate::api::ApiError;
use crate::browser::{address, submitted_traits, translation};
use crate::components::account_area::account_area;
use crate::components::dom::focus_heading;
use crate::components::layout::Layout;
use crate::components::toast::ToastProvider;
use crate::components::{Severity, api_error_notice, notice};
use crate::hooks::{
    CallbackOutcome, LocalCollections, PageVisits, Remote, Session, SessionStatus, TransferSource,
    use_config, use_local_collections, use_location, use_session,
};
use crate::lazy::{Lazy, LazyView};
use crate::pages::callback::CallbackPage;
use crate::pages::chunks::bulk_actions::BulkActionsView;
use crate::pages::chunks::collection::CollectionView;
use crate::pages::chunks::transfer::TransferView;
use crate::pages::collections::CollectionsPage;
use crate::pages::confirm_identity::confirm_identity_page;
use crate::pages::not_found::not_found_page;
use crate::pages::sign_in_choices::sign_in_choices;
use crate::pages::sign_in_window::SignInWindowPage;
use crate::pages::storage_notices;
use crate::providers::Providers;
use crate::route::Route;
use crate::text::errors;
use crate::text::general::{
    EXPIRED_BODY, EXPIRED_TITLE, SIGN_IN_AGAIN, SIGN_IN_FAILED, SIGNED_OUT_TITLE,
    TOKENS_NOT_REVOKED,
};
use crate::text::storage::{OFFLINE_BODY, OFFLINE_TITLE};
use shared::api::Links;
use web_sys::HtmlElement;
use yew::prelude::*;
use yew_router::{BrowserRouter, Routable};

/// Ids in `index.html`.
const APP: &str = "app";
const FAILED: &str = "failed";

/// Renders the app in place of the loading message of `index.html`.
///
/// # Panics
/// If `index.html` lacks the element for the app.
pub fn start() {
    yew::set_custom_panic_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        show_recovery_panel();
    }));
    let path = address::location().and_then(|location| location.pathname().ok());
    if path.is_some_and(|path| Route::at(&path) == Route::Add) {
        submitted_traits::receive();
    }
    let root = gloo_utils::document()
        .get_element_by_id(APP)
        .expect("index.html has the element for the app");
    translation::watch(&root);
    yew::Renderer::<App>::with_root(root).render();
}

/// Shows the panel of `index.html` that works without the app. Missing elements are ignored,
/// because a panic must not cause a second one.
fn show_recovery_panel() {
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

#[component]
pub fn App() -> Html {
    let visits = use_memo((), |()| PageVisits::default());
    html! {
        <BrowserRouter>
            <ContextProvider<PageVisits> context={(*visits).clone()}>
                <Providers>
                    <ToastProvider>
                        <Shell />
                    </ToastProvider>
                </Providers>
            </ContextProvider<PageVisits>>
        </BrowserRouter>
    }
}

#[component]
fn Shell() -> Html {
    let (session, config, local) = (use_session(), use_config(), use_local_collections());
    let path = use_location().map_or_else(
        || Route::Collections.to_path(),
        |location| location.path().to_owned(),
    );
    let current = Route::at(&path);
    let links = config.ready().map(|config| config.links.clone());
    let Links { register, home, .. } = links.unwrap_or_default();
    let on_callback = current == Route::Callback;
    let on_sign_out = session.sign_out.reform(|()| {
        // The button that had the focus disappears.
        focus_heading();
    });
    let account = account_area(
        &session.status,
        register.as_deref(),
        &session.sign_in,
        &on_sign_out,
    );
    let version = config
        .ready()
        .map(|config| AttrValue::from(config.version.clone()));
    html! {
        <Layout current={current.clone()} {account} home={home.map(AttrValue::from)} {version} inert={session.status == SessionStatus::SigningOut}>
            if let SessionStatus::Confirming(me) = &session.status {
                { confirm_identity_page(me, &session.confirm, &session.sign_out) }
            } else {
                if !on_callback {
                    { alerts(&session, config_error(&config), &local) }
                }
                { page(current) }
            }
        </Layout>
    }
}

fn config_error<T>(remote: &Remote<T>) -> Option<&ApiError> {
    match remote {
        Remote::Failed(error) => Some(error),
        _ => None,
    }
}

fn page(route: Route) -> Html {
    match route {
        Route::Collections => html! { <CollectionsPage /> },
        Route::AccountCollection { id } => lazy(CollectionView::Account(id)),
        Route::LocalCollection { id } => lazy(CollectionView::Local(id)),
        Route::Migrate => lazy(TransferView::Review(TransferSource::Legacy)),
        Route::Import => lazy(TransferView::Review(TransferSource::Local)),
        Route::ImportSession => lazy(TransferView::Review(TransferSource::Session)),
        Route::Add => lazy(BulkActionsView::Add),
        Route::Activity => lazy(TransferView::Activity),
        Route::Callback => html! { <CallbackPage /> },
        Route::SignIn => html! { <SignInWindowPage /> },
        Route::NotFound => not_found_page(),
    }
}

fn lazy<V: LazyView>(view: V) -> Html {
    html! { <Lazy<V> {view} /> }
}

/// Notices that every page shows: no configuration, a delayed, expired or failed sign-in, a
/// sign-out that is not complete.
fn alerts(session: &Session, config_error: Option<&ApiError>, local: &LocalCollections) -> Html {
    let on_abandon = session.abandon.reform(|()| {
        // The button that had the focus disappears.
        focus_heading();
    });
    let content = match (config_error, &session.status) {
        (Some(ApiError::Network), _) => {
            let body = html! { <p>{ OFFLINE_BODY }</p> };
            notice(Severity::Caution, OFFLINE_TITLE, body)
        }
        (Some(error), _) => api_error_notice(error, Html::default()),
        (None, SessionStatus::SigningIn) => match &session.callback {
            CallbackOutcome::Delayed(error) => {
                api_error_notice(error, sign_in_choices(&session.retry, &on_abandon))
            }
            _ => Html::default(),
        },
        (None, SessionStatus::Expired(_)) => {
            let body = html! {
                <>
                    <p>{ EXPIRED_BODY }</p>
                    <button
                        type="button"
                        class="button button--primary"
                        onclick={session.sign_in.reform(|_| ())}
                    >
                        { SIGN_IN_AGAIN }
                    </button>
                </>
            };
            notice(Severity::Caution, EXPIRED_TITLE, body)
        }
        (None, SessionStatus::Failed(error)) => {
            let body = html! {
                <>
                    <p>{ errors::sign_in_error(error) }</p>
                    { sign_in_choices(&session.sign_in, &on_abandon) }
                </>
            };
            notice(Severity::Danger, SIGN_IN_FAILED, body)
        }
        (None, SessionStatus::SignedOut) if session.tokens_remain => {
            let body = html! { <p>{ TOKENS_NOT_REVOKED }</p> };
            notice(Severity::Caution, SIGNED_OUT_TITLE, body)
        }
        (None, _) => Html::default(),
    };
    let stored = storage_notices::unsaved_changes_notice(local);
    if content == Html::default() && stored == Html::default() {
        return Html::default();
    }
    html! { <div class="alerts">{ content }{ stored }</div> }
}
