//! A transfer, action by action.

use super::*;
use shared::api::{EarlierOutcome, ReceiptKind, Relation, SourceAccount};
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
        earlier: None,
        target_id: None,
        target_name: None,
        action: Action::KeepBoth,
        allowed: vec![Action::KeepBoth, Action::Merge, Action::Skip],
        new_name: None,
        overlap: 0,
        adds: Vec::new(),
        repairs: Vec::new(),
        dropped_members: 0,
        unshowable_members: 0,
        excluded_members: 0,
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
        is_summary: false,
        undo_dropped: false,
    }
}

fn stale(plan: Option<Plan>) -> Rc<ApiError> {
    Rc::new(ApiError::Problem(Box::new(Problem {
        r#type: "/problems/stale-plan".into(),
        title: String::new(),
        status: 412,
        detail: String::new(),
        request_id: String::new(),
        retry_after: None,
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
    let choice = PlanChoice::Item(item.to_owned(), action);
    state.reduce(TransferAction::Choose(choice, key(new)))
}

#[test]
fn nothing_can_be_executed_without_a_plan() {
    let state = Rc::new(TransferState::new(key(0)));
    assert_eq!(state.execute_request(), None);
    let state = state.reduce(TransferAction::Execute);
    assert_eq!(state.phase, TransferPhase::Planning);
    assert!(planned().execute_request().is_some());
}

#[test]
fn plan_without_items_cannot_be_executed() {
    let nothing = Plan::default();
    let state = Rc::new(TransferState::new(key(0)))
        .reduce(TransferAction::Planned(Rc::new(nothing), key(1)))
        .reduce(TransferAction::Execute);
    assert_eq!(state.phase, TransferPhase::Ready);
}

#[test]
fn choice_changes_the_key_and_disallowed_choice_changes_nothing() {
    let state = choose(planned(), "0:0", Action::Merge, 2);
    assert_eq!(state.key, key(2));
    assert_eq!(state.choices.get("0:0"), Some(&Action::Merge));
    for (item, action) in [("0:0", Action::Move), ("9:9", Action::Skip)] {
        let same = choose(state.clone(), item, action, 3);
        assert_eq!(same, state);
    }
}

#[test]
fn retry_after_a_failure_sends_the_same_request() {
    let state = planned().reduce(TransferAction::Execute);
    let first = planned().execute_request();
    assert_eq!(state.execute_request(), None, "not while it runs");
    let failed = TransferAction::NotExecuted(Rc::new(ApiError::Network), key(9));
    assert_eq!(state.reduce(failed).execute_request(), first);
}

#[test]
fn fresh_plan_replaces_a_stale_one_and_keeps_choices() {
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
    assert_eq!(state.plan_changes.as_deref(), Some(&changes));
    assert_eq!((&state.phase, state.key), (&TransferPhase::Ready, key(4)));
    let expected = Choices::from([("0:0".to_owned(), Action::Skip)]);
    assert_eq!(*state.choices, expected);
    let request = state.execute_request().expect("a request");
    assert_eq!(request.fingerprint, "new");
}

#[test]
fn indistinguishable_collections_take_their_default_action() {
    let state = choose(planned(), "0:0", Action::Merge, 2);
    let twins = plan("new", vec![item(0, "a"), item(1, "a")]);
    let state = state.reduce(TransferAction::NotExecuted(stale(Some(twins)), key(4)));
    assert!(state.choices.is_empty());
    let changes = state.plan_changes.as_deref().expect("changes");
    assert_eq!(changes.unchosen, ["Collection a"]);
    assert_eq!(changes.new, ["Collection a"]);
    assert_eq!(changes.gone, ["Collection b"]);
}

#[test]
fn fresh_plan_with_equal_items_reports_no_change() {
    let state = choose(planned(), "0:0", Action::Merge, 2);
    let same = plan("new", vec![item(0, "a"), item(1, "b")]);
    let state = state.reduce(TransferAction::NotExecuted(stale(Some(same)), key(4)));
    assert_eq!(state.plan_changes.as_deref(), Some(&PlanChanges::default()));
    assert_eq!(state.choices.get("0:0"), Some(&Action::Merge));
}

#[test]
fn choice_for_similar_items_applies_where_it_is_allowed() {
    let mut without_target = item(2, "c");
    without_target.allowed = vec![Action::KeepBoth, Action::Skip];
    let mut other_kind = item(3, "d");
    other_kind.relation = Relation::SameId;
    let mut left_behind = item(4, "e");
    left_behind.earlier = Some(EarlierOutcome::LeftBehind);
    let items = vec![
        item(0, "a"),
        item(1, "b"),
        without_target,
        other_kind,
        left_behind,
    ];
    let state = Rc::new(TransferState::new(key(0)))
        .reduce(TransferAction::Planned(Rc::new(plan("f", items)), key(1)));
    let merge = PlanChoice::Similar((Relation::SameName, None), Action::Merge);
    let state = state.reduce(TransferAction::Choose(merge, key(2)));
    let merged = ["0:0", "0:1"].map(|key| (key.to_owned(), Action::Merge));
    assert_eq!(
        (&*state.choices, state.key),
        (&Choices::from(merged), key(2))
    );

    let nowhere = PlanChoice::Similar((Relation::New, None), Action::Move);
    let same = state
        .clone()
        .reduce(TransferAction::Choose(nowhere, key(3)));
    assert_eq!(same, state);
}

#[test]
fn refusal_without_a_fresh_plan_is_a_failure() {
    let state = planned().reduce(TransferAction::NotExecuted(stale(None), key(4)));
    assert!(matches!(state.phase, TransferPhase::Failed(_)));
    assert_eq!(state.plan_changes, None);
}

#[test]
fn finished_transfer_does_not_change() {
    let receipt = Rc::new(receipt());
    let done = planned().reduce(TransferAction::Execute);
    let done = done.reduce(TransferAction::Executed(receipt.clone()));
    assert_eq!(done.phase, TransferPhase::Finished(receipt));
    let late = plan("late", vec![item(0, "a")]);
    for action in [
        TransferAction::Plan,
        TransferAction::Planned(Rc::new(late), key(5)),
        TransferAction::NotPlanned(Rc::new(ApiError::Network)),
        TransferAction::Choose(PlanChoice::Item("0:0".into(), Action::Skip), key(6)),
        TransferAction::Execute,
    ] {
        assert_eq!(done.clone().reduce(action), done);
    }
}
