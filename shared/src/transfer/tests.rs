//! Tests of the planner's decision table, and of apply and undo.

mod earlier;

use super::earlier::EarlierResults;
use super::receipt::{ReceiptMetadata, receipt};
use super::recovery::{recover, suspected_losses};
use super::{InvalidChoice, Source, SourceWrite, TransferInput, TransferPlan};
use crate::api::{
    Action, Choices, EarlierOutcome, PlanItem, Receipt, ReceiptItem, ReceiptKind, Relation, Repair,
};
use crate::ids::LegacyOwner;
use crate::testing::laws::Case;
use crate::timestamp::Timestamp;
use std::collections::BTreeMap;
use uuid::Uuid;

const A: &str = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
const B: &str = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";
const C: &str = "cccccccc-cccc-4ccc-8ccc-cccccccccccc";

fn stored(id: &str, name: &str, members: &[&str]) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|member| format!("\"{member}\""))
        .collect();
    format!(
        r#"{{"id": "{id}", "name": "{name}", "created_timestamp": "Nov 12 2019 03:27PM", "changed_timestamp": "Nov 12 2019 03:27PM", "num_members": {}, "members": [{}]}}"#,
        members.len(),
        members.join(", ")
    )
}

fn list(entries: &[String]) -> Vec<u8> {
    format!("[{}]", entries.join(", ")).into_bytes()
}

fn input(target: &[String], source: &[String]) -> TransferInput {
    TransferInput {
        owner: Uuid::from_u128(1),
        target: (!target.is_empty()).then(|| list(target)),
        sources: vec![Source {
            owner: Some(LegacyOwner::new("legacy")),
            list: Some(list(source)),
            ..Source::default()
        }],
        earlier: EarlierResults::default(),
        now: Timestamp::parse_stored("Jan 01 2026 12:00AM").expect("a time"),
    }
}

fn items(input: &TransferInput) -> Vec<PlanItem> {
    let plan = TransferPlan::new(input).expect("the target can be read");
    plan.plan
        .accounts
        .into_iter()
        .flat_map(|account| account.items)
        .collect()
}

/// Makes the receipt of a transfer of these values, with the default actions and these choices.
fn receipt_of(input: &TransferInput, choices: &[(&str, Action)]) -> (TransferInput, Receipt) {
    let choices = choices
        .iter()
        .map(|(key, action)| ((*key).to_owned(), *action));
    let choices: Choices = choices.collect();
    let plan = TransferPlan::new(input).expect("a plan");
    let output = plan.apply(&choices).expect("allowed");
    let case = Case::new_applied(input.clone(), choices, output);
    (case.after.clone(), case.receipt())
}

fn made(kind: ReceiptKind, at: Timestamp, items: Vec<ReceiptItem>) -> Receipt {
    let metadata = ReceiptMetadata {
        id: Uuid::from_u128(8),
        kind,
        at,
        request_id: String::new(),
        target_owner: Uuid::from_u128(1),
    };
    receipt(metadata, items)
}

fn unmoved() -> ReceiptItem {
    ReceiptItem {
        key: "0:0".to_owned(),
        source_owner: None,
        source_id: None,
        source_name: "one".to_owned(),
        action: Action::Skip,
        target_id: None,
        target_name: None,
        num_members: 1,
        repairs: Vec::new(),
        source_hash: None,
        target_hash: None,
    }
}

#[test]
fn each_relation_has_a_default_action_and_allowed_actions() {
    use Action::{AlreadyPresent, KeepBoth, Merge, Move, Skip};
    let target = [stored(A, "Top 100", &["a:b", "c:d"])];
    for (source, relation, allowed, new_name, overlap) in [
        (
            stored(B, "Other", &["x:y"]),
            Relation::New,
            vec![Move, Skip],
            None,
            0,
        ),
        (
            stored(B, " top 100", &["c:d", "a:b"]),
            Relation::Identical,
            vec![AlreadyPresent, KeepBoth, Skip],
            Some("top 100 (2)"),
            2,
        ),
        (
            stored(B, "Top 100", &["a:b", "x:y"]),
            Relation::SameName,
            vec![KeepBoth, Merge, Skip],
            Some("Top 100 (2)"),
            1,
        ),
        (
            stored(B, "Other", &["c:d", "a:b"]),
            Relation::SameContent,
            vec![Move, Skip],
            None,
            2,
        ),
        (
            stored(A, "Other", &["a:b"]),
            Relation::SameId,
            vec![KeepBoth, Merge, Skip],
            None,
            1,
        ),
        (
            stored(B, "Top 100", &[]),
            Relation::Empty,
            vec![Skip, Move],
            None,
            0,
        ),
    ] {
        let items = items(&input(&target, &[source]));
        let [item] = items.as_slice() else {
            panic!("one item")
        };
        assert_eq!(item.relation, relation);
        assert_eq!(item.action, allowed[0], "{relation:?}");
        assert_eq!(item.allowed, allowed, "{relation:?}");
        assert_eq!(item.new_name.as_deref(), new_name, "{relation:?}");
        assert_eq!(item.overlap, overlap, "{relation:?}");
        let can_merge = allowed.contains(&Merge);
        let added = item.num_members - overlap;
        assert_eq!(item.adds.len() as u64, if can_merge { added } else { 0 });
        assert_eq!(item.target_name.is_some(), item.target_id.is_some());
    }
}

#[test]
fn merge_lists_the_first_added_members() {
    let target = [stored(A, "Top", &["a:1", "a:3"])];
    let source = [stored(
        B,
        " TOP",
        &["a:1", "a:2", "a:3", "a:4", "a:5", "a:6", "a:7", "a:8"],
    )];
    let items = items(&input(&target, &source));
    assert_eq!(items[0].target_name.as_deref(), Some("Top"));
    assert_eq!((items[0].num_members, items[0].overlap), (8, 2));
    assert_eq!(items[0].adds, ["a:2", "a:4", "a:5", "a:6", "a:7"]);
}

#[test]
fn collections_changed_since_gn_auth_copied_them_are_skipped_by_default() {
    let source = [
        stored(A, "kept", &["a:b"]),
        stored(B, "renamed", &["c:d"]),
        stored(C, "gone", &["e:f"]),
    ];
    let mut copied = input(
        &[stored(A, "kept", &["a:b"]), stored(B, "other", &["c:d"])],
        &source,
    );
    let relations = |input: &TransferInput| -> Vec<_> {
        let items = items(input);
        items
            .iter()
            .map(|item| (item.relation, item.action))
            .collect()
    };
    // gn-auth toggles its boolean, so it says nothing.
    for migrated in [true, false] {
        let record = format!(r#"{{"user_id": "legacy", "collections-migrated": {migrated}}}"#);
        copied.sources[0].flag = Some(record.into_bytes());
        assert_eq!(
            relations(&copied),
            [
                (Relation::Identical, Action::AlreadyPresent),
                (Relation::AlreadyCopied, Action::Skip),
                (Relation::New, Action::Move),
            ]
        );
        let plan = TransferPlan::new(&copied).expect("a plan").plan;
        assert!(plan.accounts[0].copied_by_gn_auth);
    }

    // gn-auth was killed between its flag and its write: nothing was copied.
    let mut killed = copied.clone();
    killed.target = None;
    let items = items(&killed);
    assert!(items.iter().all(|item| item.relation == Relation::New));
    let plan = TransferPlan::new(&killed).expect("a plan").plan;
    assert!(!plan.accounts[0].copied_by_gn_auth);

    // The record names another account of the address.
    copied.sources[0].owner = Some(LegacyOwner::new("another"));
    assert_eq!(relations(&copied)[1], (Relation::SameId, Action::KeepBoth));
    assert!(!TransferPlan::new(&copied).expect("a plan").plan.accounts[0].copied_by_gn_auth);
}

#[test]
fn repeated_ids_and_names_in_a_source_are_resolved() {
    let same_id = [stored(A, "one", &["a:b"]), stored(A, "two", &["c:d"])];
    let planned = items(&input(&[], &same_id));
    assert!(planned.iter().all(|item| item.action == Action::Move));
    assert_eq!(planned[1].repairs, [Repair::Id]);

    let same_name = [stored(A, "one", &["a:b"]), stored(B, "one", &["c:d"])];
    let planned = items(&input(&[], &same_name));
    assert_eq!(planned[1].relation, Relation::SameName);
    assert_eq!(planned[1].allowed, [Action::KeepBoth, Action::Skip]);
    assert_eq!(planned[1].new_name.as_deref(), Some("one (2)"));

    let twice = [stored(A, "one", &["a:b"]), stored(A, "one", &["a:b"])];
    let planned = items(&input(&[], &twice));
    assert_eq!(planned[0].action, Action::Move);
    assert_eq!(planned[1].action, Action::AlreadyPresent);
}

#[test]
fn untransferred_entries_are_unchanged() {
    let target = [
        r#"{"name":  "bad"}"#.to_owned(),
        stored(A, "mine", &["a:b"]),
    ];
    let source = [
        "[ 1,2]".to_owned(),
        stored(B, "old", &["c:d"]),
        stored(C, "empty", &[]),
    ];
    let input = input(&target, &source);
    let output = TransferPlan::new(&input)
        .expect("a plan")
        .apply(&Choices::new())
        .expect("the defaults");
    let moved = stored(B, "old", &["c:d"]).replace("_timestamp", "");
    assert_eq!(
        output.target,
        format!("[{}, {}, {moved}]", target[0], target[1])
    );
    assert_eq!(
        output.sources,
        [SourceWrite::Set(format!(
            "[[ 1,2], {}]",
            stored(C, "empty", &[])
        ))]
    );
}

#[test]
fn completely_moved_source_is_removed() {
    let input = input(&[], &[stored(A, "one", &["a:b"])]);
    let output = TransferPlan::new(&input)
        .expect("a plan")
        .apply(&Choices::new())
        .expect("defaults");
    assert_eq!(output.sources, [SourceWrite::Remove]);
}

#[test]
fn merge_appends_missing_members() {
    let target = [
        stored(A, "Top", &["z:z", "a:b"]),
        stored(C, "rest", &["r:r"]),
    ];
    let source = [
        stored(B, "top", &["n:1", "a:b"]),
        stored(C, "TOP", &["n:1", "n:2"]),
    ];
    let mut input = input(&target, &source);
    input.sources[0].owner = None;
    let plan = TransferPlan::new(&input).expect("a plan");
    let choices = Choices::from([("0:0".to_owned(), Action::Merge)]);
    let output = plan.apply(&choices).expect("allowed");
    assert!(
        output
            .target
            .contains(r#""num_members": 3, "members": ["z:z", "a:b", "n:1"]"#)
    );
    assert!(
        output
            .target
            .contains(r#""changed": "Jan 01 2026 12:00AM""#)
    );
    assert!(
        output.target.contains(&target[1]),
        "the other entry is untouched"
    );
    assert_eq!(output.items[0].num_members, 1);
    assert_eq!(output.items[0].target_id.as_deref(), Some(A));
}

#[test]
fn invalid_choices_are_refused() {
    let input = input(&[], &[stored(A, "one", &["a:b"]), "null".to_owned()]);
    let plan = TransferPlan::new(&input).expect("a plan");
    let choices = Choices::from([
        ("0:0".to_owned(), Action::Merge),
        ("0:1".to_owned(), Action::Move),
        ("9:9".to_owned(), Action::Skip),
    ]);
    assert_eq!(
        plan.apply(&choices),
        Err(vec![
            InvalidChoice::NotAllowed {
                key: "0:0".to_owned()
            },
            InvalidChoice::NotAllowed {
                key: "0:1".to_owned()
            },
            InvalidChoice::UnknownKey {
                key: "9:9".to_owned()
            },
        ])
    );
    let nothing = Choices::from([("0:0".to_owned(), Action::Skip)]);
    assert_eq!(
        plan.apply(&nothing),
        Err(vec![InvalidChoice::NothingChosen])
    );
}

#[test]
fn unreadable_source_is_listed_and_unreadable_target_is_refused() {
    let mut broken = input(&[], &[]);
    broken.sources[0].list = Some(b"oops".to_vec());
    let planned = items(&broken);
    assert_eq!(planned[0].relation, Relation::Unreadable);
    assert_eq!(
        planned[0].reason.as_deref(),
        Some("the stored list cannot be read: it is not a list")
    );

    broken.target = Some(b"oops".to_vec());
    assert!(TransferPlan::new(&broken).is_err());
}

#[test]
fn fingerprint_depends_on_every_value_of_the_plan() {
    let base = input(&[stored(A, "one", &["a:b"])], &[stored(B, "two", &["c:d"])]);
    let print = |input: &TransferInput| {
        TransferPlan::new(input)
            .expect("a plan")
            .plan
            .fingerprint
            .expect("there is a source")
    };
    let mut others = vec![base.clone(); 6];
    others[5].earlier = EarlierResults::of(&[receipt_of(&base, &[]).1, {
        let deleted = ReceiptItem {
            source_id: Some(C.to_owned()),
            ..unmoved()
        };
        made(ReceiptKind::Deletion, base.now, vec![deleted])
    }]);
    others[0].target = None;
    others[1].sources[0].list = Some(b"[]".to_vec());
    others[2].sources[0].flag = Some(b"{}".to_vec());
    others[3].owner = Uuid::from_u128(2);
    others[4].sources[0].owner = None;
    for other in &others {
        assert_ne!(print(&base), print(other));
    }
    let mut later = base.clone();
    later.now = later.now.plus_days(1);
    assert_eq!(
        print(&base),
        print(&later),
        "time does not make a plan stale"
    );
}
