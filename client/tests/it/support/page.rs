//! A page with all hooks, signed in or not.

use super::data;
use super::network::{Call, MockResponse};
use super::watch::{Watch, watch};
use client::auth::sign_in_attempt::{CodeVerifier, SignInAttempt};
use client::auth::{ReturnPath, attempt_storage};
use client::browser::clock::now;
use client::hooks::{
    CallbackOutcome, LocalCollections, Remote, RemoteHandle, Session, SessionStatus, Transfer,
    TransferSource, use_callback_outcome, use_config, use_legacy, use_local_collections,
    use_session, use_transfer,
};
use client::providers::Providers;
use shared::api::{ClientConfig, Plan};
use wasm_bindgen::JsValue;
use web_sys::{Element, window};
use yew::prelude::*;

/// The values of the hooks in one rendering.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Snapshot {
    pub(crate) config: Remote<ClientConfig>,
    pub(crate) session: Session,
    pub(crate) outcome: CallbackOutcome,
    pub(crate) local: LocalCollections,
    pub(crate) legacy: RemoteHandle<Plan>,
    pub(crate) transfer: Transfer,
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct ProbeProps {
    source: Option<TransferSource>,
    sink: Callback<Snapshot>,
}

#[component]
fn Probe(props: &ProbeProps) -> Html {
    props.sink.emit(Snapshot {
        config: use_config(),
        session: use_session(),
        outcome: use_callback_outcome(),
        local: use_local_collections(),
        legacy: use_legacy(),
        transfer: use_transfer(props.source.unwrap_or(TransferSource::Legacy)),
    });
    Html::default()
}

#[component]
fn Root(props: &ProbeProps) -> Html {
    html! { <Providers><Probe ..props.clone() /></Providers> }
}

/// A page that is destroyed when it is dropped.
pub(crate) struct Page {
    handle: Option<AppHandle<Root>>,
    root: Element,
    pub(crate) states: Watch<Snapshot>,
}

impl Page {
    /// Opens a page at the current address.
    pub(crate) fn open(source: Option<TransferSource>) -> Self {
        let document = gloo_utils::document();
        let root = document.create_element("div").expect("an element");
        gloo_utils::body().append_child(&root).expect("a root");
        let (sink, states) = watch();
        let props = ProbeProps { source, sink };
        let renderer = yew::Renderer::<Root>::with_root_and_props(root.clone(), props);
        Self {
            handle: Some(renderer.render()),
            root,
            states,
        }
    }

    /// Opens a page after the return from the sign-in server, and waits until the person is signed
    /// in.
    pub(crate) async fn open_signed_in(source: TransferSource) -> Self {
        simulate_redirect_back("state-of-the-page");
        let mut page = Self::open(Some(source));
        let is_signed_in =
            |state: &Snapshot| matches!(state.session.status, SessionStatus::SignedIn(_));
        page.states.until(is_signed_in).await;
        page
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(handle) = self.handle.take() {
            handle.destroy();
        }
        self.root.remove();
        set_address("/");
    }
}

/// Sets the address and the stored attempt as after a successful return from the sign-in server.
pub(crate) fn simulate_redirect_back(state: &str) {
    let verifier = CodeVerifier::new("the-verifier".into());
    let attempt = SignInAttempt::new(verifier, ReturnPath::checked("/migrate"), now());
    attempt_storage::store(state, &attempt, now()).expect("sessionStorage");
    set_address(&format!(
        "/callback?code=the-code&keep=1&state={state}&iss=https://id.example"
    ));
}

/// Changes the address without loading a page.
pub(crate) fn set_address(address: &str) {
    let history = window().and_then(|window| window.history().ok());
    history
        .expect("a history")
        .replace_state_with_url(&JsValue::NULL, "", Some(address))
        .expect("an address of this origin");
}

/// The current path and query.
pub(crate) fn address() -> String {
    let location = window().expect("a window").location();
    let path = location.pathname().expect("a path");
    path + &location.search().expect("a query")
}

/// Dispatches the event of the browser for a restored network.
pub(crate) fn network_is_back() {
    let event = Event::new("online").expect("an event");
    let window = window().expect("a window");
    window.dispatch_event(&event).expect("dispatched");
}

/// Answers the requests of every page with a person signed in.
pub(crate) fn default_response(call: &Call) -> MockResponse {
    match (call.method.as_str(), call.url.as_str()) {
        ("GET", "/api/v1/config") => MockResponse::Json(200, data::config()),
        ("POST", data::TOKEN_URL) => MockResponse::Json(200, data::tokens(1, 3_600)),
        ("GET", "/api/v1/me") => MockResponse::Json(200, data::me()),
        ("GET", "/api/v1/legacy") => MockResponse::Json(200, data::plan("f1", &["a", "b"])),
        _ => MockResponse::Problem(404, "not-found"),
    }
}
