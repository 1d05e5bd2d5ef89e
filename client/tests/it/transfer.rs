//! Transfers, from plan to receipt.

use crate::support::data;
use crate::support::network::{Call, MockNetwork, MockResponse, MockServer};
use crate::support::page::{Page, Snapshot, default_response, network_is_back};
use client::edit::local_edit::LocalEditKind;
use client::hooks::{CollectionEdit, LocalStatus, PlanChoice, TransferPhase, TransferSource};
use shared::api::Action;
use std::cell::Cell;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_test::wasm_bindgen_test;

const MIGRATIONS: &str = "/api/v1/migrations";
const IMPORTS: &str = "/api/v1/imports";

fn is_ready(state: &Snapshot) -> bool {
    state.transfer.phase == TransferPhase::Ready
}

fn is_done(state: &Snapshot) -> bool {
    matches!(state.transfer.phase, TransferPhase::Finished(_))
}

/// A server that answers each request for this path by the next of these.
fn in_turn(path: &'static str, answers: Vec<MockServer>) -> impl Fn(&Call) -> MockResponse {
    let turn = Rc::new(Cell::new(0));
    move |call| {
        if call.url == path {
            let answer = answers.get(turn.replace(turn.get() + 1));
            answer.expect("no more requests than answers")(call)
        } else {
            default_response(call)
        }
    }
}

#[wasm_bindgen_test]
async fn request_is_repeated_with_the_same_key_after_a_cut_connection() {
    let network = MockNetwork::start(in_turn(
        MIGRATIONS,
        vec![
            |_| MockResponse::NetworkError,
            |_| MockResponse::Problem(409, "idempotency-in-progress"),
            |_| MockResponse::Json(201, data::receipt(&[("a", "move"), ("b", "skip")])),
        ],
    ));
    let mut page = Page::open_signed_in(TransferSource::Legacy).await;
    let state = page.states.until(is_ready).await;
    state
        .transfer
        .choose
        .emit(PlanChoice::Item("0:1".to_owned(), Action::Skip));
    let chosen = |state: &Snapshot| !state.transfer.choices.is_empty();
    let state = page.states.until(chosen).await;
    let asked_before = network.calls("GET", "/api/v1/legacy").len();
    state.transfer.execute.emit(());
    state.transfer.execute.emit(());
    network_returns_until(&network, MIGRATIONS, 3).await;
    page.states.until(is_done).await;

    let calls = network.calls("POST", MIGRATIONS);
    let [first, others @ ..] = &calls[..] else {
        panic!("no request");
    };
    assert_eq!(others.len(), 2, "two clicks are one transfer");
    assert!(others.iter().all(|call| call == first), "{calls:?}");
    assert_eq!(first.if_match.as_deref(), Some("\"f1\""));
    assert_eq!(first.body, r#"{"choices":{"0:1":"skip"}}"#);
    assert!(first.idempotency_key.is_some());
    // The account's data is fetched again.
    let asked_again = |_: &Snapshot| network.calls("GET", "/api/v1/legacy").len() > asked_before;
    page.states.until(asked_again).await;
}

/// Ends every pause between requests until `count` requests were made.
async fn network_returns_until(network: &MockNetwork, url: &str, count: usize) {
    while network.calls("POST", url).len() < count {
        network_is_back();
        gloo_timers::future::TimeoutFuture::new(0).await;
    }
}

#[wasm_bindgen_test]
async fn fresh_plan_replaces_a_stale_one_and_is_executed_with_another_key() {
    let network = MockNetwork::start(in_turn(
        MIGRATIONS,
        vec![
            |_| MockResponse::StalePlan(data::plan("f2", &["new", "b"])),
            |_| MockResponse::Json(201, data::receipt(&[("new", "move"), ("b", "skip")])),
        ],
    ));
    let mut page = Page::open_signed_in(TransferSource::Legacy).await;
    let state = page.states.until(is_ready).await;
    state
        .transfer
        .choose
        .emit(PlanChoice::Item("0:1".to_owned(), Action::Skip));
    let chosen = |state: &Snapshot| !state.transfer.choices.is_empty();
    page.states.until(chosen).await.transfer.execute.emit(());
    let fresh = page
        .states
        .until(|state| state.transfer.plan_changes.is_some())
        .await;
    assert_eq!(fresh.transfer.choices.get("0:1"), Some(&Action::Skip));
    fresh.transfer.execute.emit(());
    page.states.until(is_done).await;
    let calls = network.calls("POST", MIGRATIONS);
    assert_eq!(calls.len(), 2);
    assert_eq!(calls[1].if_match.as_deref(), Some("\"f2\""));
    assert_ne!(calls[0].idempotency_key, calls[1].idempotency_key);
}

#[wasm_bindgen_test]
async fn import_marks_imported_collections_and_dismisses_the_others() {
    let network = MockNetwork::start(|call| {
        let sent: serde_json::Value = serde_json::from_str(&call.body).unwrap_or_default();
        let ids = sent["collections"].as_array().into_iter().flatten();
        let ids: Vec<&str> = ids.filter_map(|sent| sent["id"].as_str()).collect();
        match call.url.as_str() {
            "/api/v1/imports/plan" => MockResponse::Json(200, data::plan("f1", &ids)),
            IMPORTS => {
                let done: Vec<_> = ids
                    .iter()
                    .zip(["move", "skip"])
                    .map(|(id, done)| (*id, done))
                    .collect();
                MockResponse::Json(201, data::receipt(&done))
            }
            _ => default_response(call),
        }
    });
    let mut page = Page::open_signed_in(TransferSource::Local).await;
    let ready = page
        .states
        .until(|state| state.local.status == LocalStatus::Ready);
    let local = ready.await.local;
    let old: Vec<String> = local
        .entries
        .iter()
        .map(|entry| entry.collection.id.clone())
        .collect();
    let delete = LocalEditKind::Edit(CollectionEdit::Delete);
    local.edit(&old, delete).await.expect("deleted");
    for name in ["Liver", "Brain"] {
        let members = vec!["a:D".to_owned(), "b:D".to_owned()];
        let created = local.create(Uuid::new_v4(), name.to_owned(), members, None);
        created.await.expect("stored");
    }
    let planned = page.states.until(|state| {
        let plan = state.transfer.plan.as_ref();
        is_ready(state) && plan.is_some_and(|plan| plan.accounts[0].items.len() == 2)
    });
    let state = planned.await;
    assert!(state.local.offers_import());
    state.transfer.execute.emit(());
    let state = page.states.until(is_done).await;
    let marked: Vec<bool> = state
        .local
        .entries
        .iter()
        .map(|entry| entry.imported.is_some())
        .collect();
    assert_eq!(marked, [true, false]);
    assert!(
        !state.local.offers_import(),
        "skipped collections are not offered again"
    );
    let [import] = &network.calls("POST", IMPORTS)[..] else {
        panic!("one import");
    };
    assert!(
        import.body.contains(r#""members":["a:D","b:D"]"#),
        "{}",
        import.body
    );
}
