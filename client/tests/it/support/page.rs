//! The hooks of a whole page, with a person signed in or not.

use super::data;
use super::network::{Answer, Call};
use super::watch::{Watch, watch};
use client::auth::attempt::{Attempt, Verifier};
use client::auth::{ReturnPath, pending};
use client::browser::clock::now;
use client::hooks::{
    CallbackOutcome, Local, Remote, RemoteHandle, Session, SessionStatus, Transfer, TransferSource,
    use_callback_outcome, use_config, use_legacy, use_local, use_session, use_transfer,
};
use client::state::providers::Providers;
use shared::api::{ClientConfig, Plan};
use wasm_bindgen::JsValue;
use web_sys::{Element, window};
use yew::prelude::*;

/// What the hooks gave in one rendering.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Snapshot {
    pub(crate) config: Remote<ClientConfig>,
    pub(crate) session: Session,
    pub(crate) outcome: CallbackOutcome,
    pub(crate) local: Local,
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
        local: use_local(),
        legacy: use_legacy(),
        transfer: use_transfer(props.source.unwrap_or(TransferSource::Legacy)),
    });
    Html::default()
}

#[component]
fn Root(props: &ProbeProps) -> Html {
    html! { <Providers><Probe ..props.clone() /></Providers> }
}

/// A page on its own, taken down when it drops.
pub(crate) struct Page {
    handle: Option<AppHandle<Root>>,
    place: Element,
    pub(crate) states: Watch<Snapshot>,
}

impl Page {
    /// Opens a page at the address that the browser shows.
    pub(crate) fn open(source: Option<TransferSource>) -> Self {
        let document = gloo_utils::document();
        let place = document.create_element("div").expect("an element");
        gloo_utils::body().append_child(&place).expect("a place");
        let (sink, states) = watch();
        let props = ProbeProps { source, sink };
        let renderer = yew::Renderer::<Root>::with_root_and_props(place.clone(), props);
        Self {
            handle: Some(renderer.render()),
            place,
            states,
        }
    }

    /// Opens a page on which a person has just come back from the sign-in server, and waits until they
    /// are signed in.
    pub(crate) async fn open_signed_in(source: TransferSource) -> Self {
        come_back("state-of-the-page");
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
        self.place.remove();
        show("/");
    }
}

/// Makes the browser look as if the sign-in server had sent it back with a good answer.
pub(crate) fn come_back(state: &str) {
    let verifier = Verifier::new("the-verifier".into());
    let attempt = Attempt::new(verifier, ReturnPath::checked("/migrate"), now());
    pending::keep(state, &attempt, now()).expect("sessionStorage");
    show(&format!(
        "/callback?code=the-code&keep=1&state={state}&iss=https://id.example"
    ));
}

/// Changes the address without loading anything.
pub(crate) fn show(address: &str) {
    let history = window().and_then(|window| window.history().ok());
    history
        .expect("a history")
        .replace_state_with_url(&JsValue::NULL, "", Some(address))
        .expect("an address of this origin");
}

/// What the address bar shows, from the path on.
pub(crate) fn address() -> String {
    let location = window().expect("a window").location();
    let path = location.pathname().expect("a path");
    path + &location.search().expect("a query")
}

/// Says that the network is back, as the browser does.
pub(crate) fn network_is_back() {
    let event = Event::new("online").expect("an event");
    let window = window().expect("a window");
    window.dispatch_event(&event).expect("dispatched");
}

/// Answers what every page with a person signed in asks for.
pub(crate) fn everyday(call: &Call) -> Answer {
    match (call.method.as_str(), call.url.as_str()) {
        ("GET", "/api/v1/config") => Answer::Json(200, data::config()),
        ("POST", data::TOKEN_URL) => Answer::Json(200, data::tokens(1, 3_600)),
        ("GET", "/api/v1/me") => Answer::Json(200, data::me()),
        ("GET", "/api/v1/legacy") => Answer::Json(200, data::plan("f1", &["a", "b"])),
        _ => Answer::Problem(404, "not-found"),
    }
}
