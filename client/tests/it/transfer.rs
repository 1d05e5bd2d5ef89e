//! Transfers, from plan to receipt.

use crate::support::data;
use crate::support::network::{Answer, Call, Network, Server};
use crate::support::page::{Page, Snapshot, everyday, network_is_back};
use client::hooks::{Choice, LocalStatus, TransferPhase, TransferSource};
use shared::api::Action;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

const MIGRATIONS: &str = "/api/v1/migrations";
const IMPORTS: &str = "/api/v1/imports";

fn is_ready(state: &Snapshot) -> bool {
    state.transfer.phase == TransferPhase::Ready
}

fn is_done(state: &Snapshot) -> bool {
    matches!(state.transfer.phase, TransferPhase::Done(_))
}

/// A server that answers each request for this path by the next of these.
fn in_turn(path: &'static str, answers: Vec<Server>) -> impl Fn(&Call) -> Answer {
    let turn = Rc::new(Cell::new(0));
    move |call| {
        if call.url == path {
            let answer = answers.get(turn.replace(turn.get() + 1));
            answer.expect("no more requests than answers")(call)
        } else {
            everyday(call)
        }
    }
}

#[wasm_bindgen_test]
async fn a_cut_connection_is_tried_again_as_the_same_attempt() {
    let network = Network::played_by(in_turn(
        MIGRATIONS,
        vec![
            |_| Answer::CutOff,
            |_| Answer::Problem(409, "idempotency-in-progress"),
            |_| Answer::Json(201, data::receipt(&[("a", "move"), ("b", "skip")])),
        ],
    ));
    let mut page = Page::open_signed_in(TransferSource::Legacy).await;
    let state = page.states.until(is_ready).await;
    state
        .transfer
        .choose
        .emit(Choice::Item("0:1".to_owned(), Action::Skip));
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
    // What the account holds is fetched anew.
    let asked_again = |_: &Snapshot| network.calls("GET", "/api/v1/legacy").len() > asked_before;
    page.states.until(asked_again).await;
}

/// Ends every pause between attempts, until so many requests were made.
async fn network_returns_until(network: &Network, url: &str, count: usize) {
    while network.calls("POST", url).len() < count {
        network_is_back();
        gloo_timers::future::TimeoutFuture::new(0).await;
    }
}

#[wasm_bindgen_test]
async fn a_stale_plan_is_shown_anew_and_executed_as_another_attempt() {
    let network = Network::played_by(in_turn(
        MIGRATIONS,
        vec![
            |_| Answer::StalePlan(data::plan("f2", &["new", "b"])),
            |_| Answer::Json(201, data::receipt(&[("new", "move"), ("b", "skip")])),
        ],
    ));
    let mut page = Page::open_signed_in(TransferSource::Legacy).await;
    let state = page.states.until(is_ready).await;
    state
        .transfer
        .choose
        .emit(Choice::Item("0:1".to_owned(), Action::Skip));
    let chosen = |state: &Snapshot| !state.transfer.choices.is_empty();
    page.states.until(chosen).await.transfer.execute.emit(());
    let fresh = page
        .states
        .until(|state| state.transfer.stale.is_some())
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
async fn an_import_marks_what_the_account_has_now_and_keeps_the_rest() {
    let network = Network::played_by(|call| {
        let sent: serde_json::Value = serde_json::from_str(&call.body).unwrap_or_default();
        let ids = sent["collections"].as_array().into_iter().flatten();
        let ids: Vec<&str> = ids.filter_map(|sent| sent["id"].as_str()).collect();
        match call.url.as_str() {
            "/api/v1/imports/plan" => Answer::Json(200, data::plan("f1", &ids)),
            IMPORTS => {
                let done: Vec<_> = ids
                    .iter()
                    .zip(["move", "skip"])
                    .map(|(id, done)| (*id, done))
                    .collect();
                Answer::Json(201, data::receipt(&done))
            }
            _ => everyday(call),
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
    local.delete(&old).await.expect("deleted");
    for name in ["Liver", "Brain"] {
        let members = vec!["a:D".to_owned(), "b:D".to_owned()];
        local.create(name, members).await.expect("stored");
    }
    let planned = page.states.until(|state| {
        let plan = state.transfer.plan.as_ref();
        is_ready(state) && plan.is_some_and(|plan| plan.accounts[0].items.len() == 2)
    });
    let state = planned.await;
    assert!(state.local.offer);
    state.transfer.execute.emit(());
    let state = page.states.until(is_done).await;
    let marked: Vec<bool> = state
        .local
        .entries
        .iter()
        .map(|entry| entry.imported.is_some())
        .collect();
    assert_eq!(marked, [true, false]);
    assert!(!state.local.offer, "what was left out is not offered again");
    let [import] = &network.calls("POST", IMPORTS)[..] else {
        panic!("one import");
    };
    assert!(
        import.body.contains(r#""members":["a:D","b:D"]"#),
        "{}",
        import.body
    );
}
