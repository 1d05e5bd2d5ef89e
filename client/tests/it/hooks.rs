//! The hooks, inside of their providers.

use crate::support::data;
use crate::support::network::{Answer, Network};
use crate::support::page::{Page, everyday, network_is_back};
use client::hooks::{CallbackOutcome, LocalStatus, Remote, SessionStatus, TransferSource};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_passing_error_is_shown_and_passes_by_itself() {
    let asked = Cell::new(0);
    let _network = Network::played_by(move |_| {
        asked.set(asked.get() + 1);
        match asked.get() {
            1 => Answer::Problem(503, "store-unavailable"),
            _ => Answer::Json(200, data::config()),
        }
    });
    let mut page = Page::open(None);
    let failed = page
        .states
        .until(|state| matches!(state.config, Remote::Failed(_)));
    failed.await;
    network_is_back();
    page.states
        .until(|state| state.config.ready().is_some())
        .await;
}

#[wasm_bindgen_test]
async fn a_server_that_asks_for_patience_is_not_asked_sooner() {
    let times = Rc::new(RefCell::new(Vec::new()));
    let heard = times.clone();
    let _network = Network::played_by(move |_| {
        heard.borrow_mut().push(js_sys::Date::now());
        match heard.borrow().len() {
            1 => Answer::RateLimited("2"),
            _ => Answer::Json(200, data::config()),
        }
    });
    let mut page = Page::open(None);
    let failed = page
        .states
        .until(|state| matches!(state.config, Remote::Failed(_)));
    failed.await;
    // This ends the pauses that the page makes by itself.
    network_is_back();
    page.states
        .until(|state| state.config.ready().is_some())
        .await;
    let times = times.borrow();
    let waited = times[1] - times[0];
    assert!(waited >= 2_000.0, "{waited} ms");
}

#[wasm_bindgen_test]
async fn an_error_that_does_not_pass_is_not_asked_about_again() {
    let asked = Cell::new(0);
    let network = Network::played_by(move |call| match call.url.as_str() {
        "/api/v1/legacy" if asked.replace(asked.get() + 1) == 0 => {
            Answer::Problem(403, "email-not-verified")
        }
        _ => everyday(call),
    });
    let mut page = Page::open_signed_in(TransferSource::Local).await;
    let failed = page
        .states
        .until(|state| matches!(state.legacy.data, Remote::Failed(_)));
    let state = failed.await;
    network_is_back();
    state.legacy.reload.emit(());
    let ready = page
        .states
        .until(|state| state.legacy.data.ready().is_some());
    ready.await;
    let calls = network.calls("GET", "/api/v1/legacy");
    assert_eq!(calls.len(), 2, "one at first, one when asked to");
}

#[wasm_bindgen_test]
async fn signing_in_waits_for_our_server_and_then_goes_on() {
    let asked = Cell::new(0);
    let _network = Network::played_by(move |call| match call.url.as_str() {
        "/api/v1/me" if asked.replace(asked.get() + 1) == 0 => {
            Answer::Problem(503, "auth-server-unavailable")
        }
        _ => everyday(call),
    });
    crate::support::page::come_back("waits");
    let mut page = Page::open(None);
    let waiting = page
        .states
        .until(|state| matches!(state.outcome, CallbackOutcome::Waiting(_)));
    assert_eq!(waiting.await.session.status, SessionStatus::SigningIn);
    network_is_back();
    let done = CallbackOutcome::Done {
        return_to: "/migrate".to_owned(),
    };
    let state = page.states.until(|state| state.outcome == done).await;
    assert!(state.session.api.is_some());
}

#[wasm_bindgen_test]
async fn signing_out_takes_the_account_data_away() {
    let _network = Network::played_by(everyday);
    let mut page = Page::open_signed_in(TransferSource::Local).await;
    let state = page
        .states
        .until(|state| state.legacy.data.ready().is_some());
    state.await.session.sign_out.emit(());
    let out = |state: &crate::support::page::Snapshot| {
        state.session.status == SessionStatus::SignedOut && state.session.api.is_none()
    };
    let state = page.states.until(out).await;
    assert_eq!(state.legacy.data, Remote::Absent);
}

#[wasm_bindgen_test]
async fn local_changes_show_here_and_in_the_other_tab() {
    let _network = Network::played_by(everyday);
    let (mut here, mut there) = (Page::open(None), Page::open(None));
    let ready = here
        .states
        .until(|state| state.local.status == LocalStatus::Ready);
    let local = ready.await.local;
    there
        .states
        .until(|state| state.local.status == LocalStatus::Ready)
        .await;
    let members = vec!["a:D".to_owned()];
    // A name that no other test gives.
    let name = uuid::Uuid::new_v4().to_string();
    let kept = local.create(&name, members).await.expect("made");
    assert!(kept.stored);
    let mut id = String::new();
    for page in [&mut here, &mut there] {
        let find = |state: &crate::support::page::Snapshot| {
            let mut entries = state.local.entries.iter();
            let found = entries.find(|entry| entry.collection.name == name)?;
            Some(found.collection.id.clone())
        };
        let shown = page
            .states
            .until(|state| state.local.offer && find(state).is_some());
        id = find(&shown.await).unwrap_or_default();
    }
    local.keep_here().await.expect("stored");
    for page in [&mut here, &mut there] {
        page.states.until(|state| !state.local.offer).await;
    }
    local
        .delete(std::slice::from_ref(&id))
        .await
        .expect("deleted");
    let is_gone = |entry: &client::hooks::LocalEntry| entry.collection.id != id;
    here.states
        .until(|state| state.local.entries.iter().all(is_gone))
        .await;
}
