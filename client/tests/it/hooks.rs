//! The hooks inside their providers.

use crate::support::data;
use crate::support::network::{MockNetwork, MockResponse};
use crate::support::page::{Page, default_response, network_is_back};
use client::edit::local_edit::LocalEditKind;
use client::hooks::{
    CallbackOutcome, CollectionEdit, LocalStatus, Remote, SessionStatus, TransferSource,
};
use client::storage::CollectionRecord;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::slice;
use uuid::Uuid;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn passing_error_is_shown_until_a_retry_succeeds() {
    let asked = Cell::new(0);
    let _network = MockNetwork::start(move |call| match call.url.as_str() {
        "/api/v1/config" if asked.replace(asked.get() + 1) == 0 => {
            MockResponse::Problem(503, "store-unavailable")
        }
        _ => default_response(call),
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
async fn rate_limited_request_is_repeated_only_after_the_requested_pause() {
    let times = Rc::new(RefCell::new(Vec::new()));
    let recorded = times.clone();
    let _network = MockNetwork::start(move |call| {
        // The page of the test before may still send requests.
        if call.url != "/api/v1/config" {
            return default_response(call);
        }
        recorded.borrow_mut().push(js_sys::Date::now());
        match recorded.borrow().len() {
            1 => MockResponse::RateLimited("2"),
            _ => MockResponse::Json(200, data::config()),
        }
    });
    let mut page = Page::open(None);
    let failed = page
        .states
        .until(|state| matches!(state.config, Remote::Failed(_)));
    failed.await;
    // This event ends the pauses of the page's own.
    network_is_back();
    page.states
        .until(|state| state.config.ready().is_some())
        .await;
    let times = times.borrow();
    let waited = times[1] - times[0];
    assert!(waited >= 2_000.0, "{waited} ms");
}

#[wasm_bindgen_test]
async fn lasting_error_is_not_retried_without_request() {
    let asked = Cell::new(0);
    let network = MockNetwork::start(move |call| match call.url.as_str() {
        "/api/v1/legacy" if asked.replace(asked.get() + 1) == 0 => {
            MockResponse::Problem(403, "email-not-verified")
        }
        _ => default_response(call),
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
async fn sign_in_waits_for_our_server_and_continues() {
    let asked = Cell::new(0);
    let _network = MockNetwork::start(move |call| match call.url.as_str() {
        "/api/v1/me" if asked.replace(asked.get() + 1) == 0 => {
            MockResponse::Problem(503, "auth-server-unavailable")
        }
        _ => default_response(call),
    });
    crate::support::page::simulate_redirect_back("waits");
    let mut page = Page::open(None);
    let waiting = page
        .states
        .until(|state| matches!(state.outcome, CallbackOutcome::Delayed(_)));
    assert_eq!(waiting.await.session.status, SessionStatus::SigningIn);
    network_is_back();
    let done = CallbackOutcome::Finished {
        return_to: "/migrate".to_owned(),
    };
    let state = page.states.until(|state| state.outcome == done).await;
    assert!(state.session.api.is_some());
}

#[wasm_bindgen_test]
async fn signing_out_removes_the_account_data() {
    let _network = MockNetwork::start(default_response);
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
async fn local_edits_appear_here_and_in_the_other_tab() {
    let _network = MockNetwork::start(default_response);
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
    // No other test uses this name.
    let name = Uuid::new_v4().to_string();
    let id = Uuid::new_v4();
    let created = local.create(id, name.clone(), members, None).await;
    assert!(created.expect("created").is_stored());
    let id = id.to_string();
    let is_created =
        |record: &CollectionRecord| record.collection.id == id && record.collection.name == name;
    for page in [&mut here, &mut there] {
        page.states
            .until(|state| {
                state.local.offers_import() && state.local.entries.iter().any(is_created)
            })
            .await;
    }
    let dismiss = LocalEditKind::DismissImport;
    local.edit(&[], dismiss).await.expect("stored");
    for page in [&mut here, &mut there] {
        page.states
            .until(|state| !state.local.offers_import())
            .await;
    }
    let delete = LocalEditKind::Edit(CollectionEdit::Delete);
    local
        .edit(slice::from_ref(&id), delete)
        .await
        .expect("deleted");
    here.states
        .until(|state| !state.local.entries.iter().any(is_created))
        .await;
}
