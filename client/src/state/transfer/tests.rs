//! A transfer, action by action.

use super::*;
use shared::api::{ReceiptKind, Relation, SourceAccount};
use shared::problem::Problem;
use shared::timestamp::Timestamp;

fn key(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn item(position: u32, id: &str) -> PlanItem {
    PlanItem {
        key: format!("0:{position}"),
        source_id: Some(id.to_owned()),
        name: format!("Collection {id}"),
        num_members: 1,
        created: None,
        changed: None,
        relation: Relation::SameName,
        target_id: None,
        target_name: None,
        action: Action::KeepBoth,
        allowed: vec![Action::KeepBoth, Action::Merge, Action::Skip],
        new_name: None,
        overlap: 0,
        adds: Vec::new(),
        repairs: Vec::new(),
        dropped_members: 0,
        reason: None,
    }
}

fn plan(fingerprint: &str, items: Vec<PlanItem>) -> Plan {
    Plan {
        offer: true,
        fingerprint: Some(fingerprint.to_owned()),
        accounts: vec![SourceAccount {
            legacy_user_id: Some("1111".into()),
            email: None,
            full_name: None,
            since: None,
            copied_by_gn_auth: false,
            items,
        }],
    }
}

fn receipt() -> Receipt {
    let at = Timestamp::from_unix(0).expect("a point in time");
    Receipt {
        id: key(100),
        kind: ReceiptKind::Migration,
        at,
        request_id: String::new(),
        target_owner: key(101),
        undoable_until: at,
        undone_by: None,
        moved: 1,
        merged: 0,
        renamed: 0,
        already_present: 0,
        skipped: 0,
        unreadable: 0,
        members: 1,
        items: Vec::new(),
    }
}

fn stale(plan: Option<Plan>) -> Rc<ApiError> {
    Rc::new(ApiError::Problem(Box::new(Problem {
        r#type: "/problems/stale-plan".into(),
        title: String::new(),
        status: 412,
        detail: String::new(),
        request_id: String::new(),
        plan: plan.map(Box::new),
        errors: Vec::new(),
    })))
}

/// A transfer of collections `a` and `b`, planned with key 1.
fn planned() -> Rc<TransferState> {
    let plan = plan("old", vec![item(0, "a"), item(1, "b")]);
    Rc::new(TransferState::new(key(0))).reduce(TransferAction::Planned(Rc::new(plan), key(1)))
}

fn choose(state: Rc<TransferState>, item: &str, action: Action, new: u128) -> Rc<TransferState> {
    let choice = Choice::Item(item.to_owned(), action);
    state.reduce(TransferAction::Choose(choice, key(new)))
}

#[test]
fn nothing_can_be_executed_before_there_is_a_plan() {
    let state = Rc::new(TransferState::new(key(0)));
    assert_eq!(state.attempt(), None);
    let state = state.reduce(TransferAction::Execute);
    assert_eq!(state.phase, TransferPhase::Planning);
    assert!(planned().attempt().is_some());
}

#[test]
fn a_plan_without_anything_to_execute_stays_as_it_is() {
    let nothing = Plan::default();
    let state = Rc::new(TransferState::new(key(0)))
        .reduce(TransferAction::Planned(Rc::new(nothing), key(1)))
        .reduce(TransferAction::Execute);
    assert_eq!(state.phase, TransferPhase::Ready);
}

#[test]
fn another_choice_is_another_attempt_and_a_wrong_one_is_none() {
    let state = choose(planned(), "0:0", Action::Merge, 2);
    assert_eq!(state.key, key(2));
    assert_eq!(state.choices.get("0:0"), Some(&Action::Merge));
    for (item, action) in [("0:0", Action::Move), ("9:9", Action::Skip)] {
        let same = choose(state.clone(), item, action, 3);
        assert_eq!(same, state);
    }
}

#[test]
fn trying_again_after_a_failure_is_the_same_attempt() {
    let state = planned().reduce(TransferAction::Execute);
    let first = planned().attempt();
    assert_eq!(state.attempt(), None, "not while it runs");
    let failed = TransferAction::NotExecuted(Rc::new(ApiError::Network), key(9));
    assert_eq!(state.reduce(failed).attempt(), first);
}

#[test]
fn a_stale_plan_is_replaced_and_choices_follow_their_collections() {
    let state = choose(planned(), "0:0", Action::Merge, 2);
    let state = choose(state, "0:1", Action::Skip, 3).reduce(TransferAction::Execute);
    // `b` has moved up, `a` can no longer be merged, and `c` has come.
    let mut a = item(1, "a");
    a.allowed = vec![Action::Move, Action::Skip];
    let fresh = plan("new", vec![item(0, "b"), a, item(2, "c")]);
    let state = state.reduce(TransferAction::NotExecuted(stale(Some(fresh)), key(4)));
    let a = vec!["Collection a".to_owned()];
    let changes = PlanChanges {
        new: vec!["Collection c".to_owned()],
        gone: Vec::new(),
        different: a.clone(),
        unchosen: a,
    };
    assert_eq!(state.stale.as_deref(), Some(&changes));
    assert_eq!((&state.phase, state.key), (&TransferPhase::Ready, key(4)));
    let expected = Choices::from([("0:0".to_owned(), Action::Skip)]);
    assert_eq!(*state.choices, expected);
    let attempt = state.attempt().expect("an attempt");
    assert_eq!(attempt.fingerprint, "new");
}

#[test]
fn collections_that_cannot_be_told_apart_take_their_default() {
    let state = choose(planned(), "0:0", Action::Merge, 2);
    let twins = plan("new", vec![item(0, "a"), item(1, "a")]);
    let state = state.reduce(TransferAction::NotExecuted(stale(Some(twins)), key(4)));
    assert!(state.choices.is_empty());
    let changes = state.stale.as_deref().expect("changes");
    assert_eq!(changes.unchosen, ["Collection a"]);
    assert_eq!(changes.new, ["Collection a"]);
    assert_eq!(changes.gone, ["Collection b"]);
}

#[test]
fn a_fresh_plan_that_says_the_same_reports_no_change() {
    let state = choose(planned(), "0:0", Action::Merge, 2);
    let same = plan("new", vec![item(0, "a"), item(1, "b")]);
    let state = state.reduce(TransferAction::NotExecuted(stale(Some(same)), key(4)));
    assert_eq!(state.stale.as_deref(), Some(&PlanChanges::default()));
    assert_eq!(state.choices.get("0:0"), Some(&Action::Merge));
}

#[test]
fn a_choice_for_all_like_this_is_made_wherever_it_is_possible() {
    let mut without_target = item(2, "c");
    without_target.allowed = vec![Action::KeepBoth, Action::Skip];
    let mut other_kind = item(3, "d");
    other_kind.relation = Relation::SameId;
    let items = vec![item(0, "a"), item(1, "b"), without_target, other_kind];
    let state = Rc::new(TransferState::new(key(0)))
        .reduce(TransferAction::Planned(Rc::new(plan("f", items)), key(1)));
    let merge = Choice::Alike(Relation::SameName, Action::Merge);
    let state = state.reduce(TransferAction::Choose(merge, key(2)));
    let merged = ["0:0", "0:1"].map(|key| (key.to_owned(), Action::Merge));
    assert_eq!(
        (&*state.choices, state.key),
        (&Choices::from(merged), key(2))
    );

    let nowhere = Choice::Alike(Relation::New, Action::Move);
    let same = state
        .clone()
        .reduce(TransferAction::Choose(nowhere, key(3)));
    assert_eq!(same, state);
}

#[test]
fn a_refusal_without_a_fresh_plan_is_a_failure() {
    let state = planned().reduce(TransferAction::NotExecuted(stale(None), key(4)));
    assert!(matches!(state.phase, TransferPhase::Failed(_)));
    assert_eq!(state.stale, None);
}

#[test]
fn nothing_changes_a_finished_transfer() {
    let receipt = Rc::new(receipt());
    let done = planned().reduce(TransferAction::Execute);
    let done = done.reduce(TransferAction::Executed(receipt.clone()));
    assert_eq!(done.phase, TransferPhase::Done(receipt));
    let late = plan("late", vec![item(0, "a")]);
    for action in [
        TransferAction::Plan,
        TransferAction::Planned(Rc::new(late), key(5)),
        TransferAction::NotPlanned(Rc::new(ApiError::Network)),
        TransferAction::Choose(Choice::Item("0:0".into(), Action::Skip), key(6)),
        TransferAction::Execute,
    ] {
        assert_eq!(done.clone().reduce(action), done);
    }
}
