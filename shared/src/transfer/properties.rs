//! What holds for every plan, whatever is stored.

use super::receipt::{Occasion, receipt};
use super::undo::{ChangedValue, Place, Restored, Undone, undo};
use super::{Source, SourceWrite, TransferInput, TransferPlan};
use crate::api::{Action, Choices, Receipt, ReceiptKind};
use crate::collection::entry_hash;
use crate::ids::LegacyOwner;
use crate::legacy::StoredList;
use crate::timestamp::Timestamp;
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Cases of each property; `cargo xtask test --long` runs ten times as many.
fn cases() -> u32 {
    if std::env::var_os("GNC_TEST_LONG").is_some() {
        100_000
    } else {
        10_000
    }
}

/// An entry: mostly sound, from few names, ids and members, so that they collide.
fn entry() -> impl Strategy<Value = String> {
    let sound = (0..4_u8, 0..4_u8, proptest::collection::vec(0..5_u8, 0..4)).prop_map(|(id, name, members)| {
        let members: Vec<String> = members.iter().map(|member| format!("\"m{member}:D\"")).collect();
        format!(
            r#"{{"id": "{}", "name": "n{name}", "created_timestamp": "Nov 12 2019 03:27PM", "x": 1.50, "num_members": {}, "members": [{}]}}"#,
            Uuid::from_u128(u128::from(id) + 100),
            members.len(),
            members.join(",")
        )
    });
    let odd = prop_oneof![
        Just("null".to_owned()),
        Just("NaN".to_owned()),
        Just(r#"{"members": "a:b,c:d"}"#.to_owned()),
        Just(r#"{"id": 7, "name": null, "members": ["a:b", 3, ""]}"#.to_owned()),
    ];
    prop_oneof![6 => sound, 1 => odd]
}

fn list() -> impl Strategy<Value = Option<Vec<u8>>> {
    proptest::option::of(
        proptest::collection::vec(entry(), 0..6)
            .prop_map(|entries| format!("[{}]", entries.join(", ")).into_bytes()),
    )
}

fn input() -> impl Strategy<Value = TransferInput> {
    (
        list(),
        proptest::collection::vec((list(), any::<bool>()), 1..3),
    )
        .prop_map(|(target, sources)| TransferInput {
            owner: Uuid::from_u128(1),
            target,
            sources: sources
                .into_iter()
                .enumerate()
                .map(|(number, (list, copied))| Source {
                    owner: Some(LegacyOwner::new(number.to_string())),
                    list,
                    flag: Some(format!(r#"{{"collections-migrated": {copied}}}"#).into_bytes()),
                    ..Source::default()
                })
                .collect(),
            now: Timestamp::from_unix(1_700_000_040).expect("a time"),
        })
}

/// Every text of a member in a list, whatever collection it is in.
fn members(list: &[u8]) -> BTreeSet<String> {
    let list = StoredList::read(Some(list)).expect("a list");
    list.entries
        .iter()
        .filter_map(|entry| entry.collection.as_ref().ok())
        .flat_map(|collection| collection.members.iter().map(|member| member.text.clone()))
        .collect()
}

/// How many entries lists have together.
fn entries<'a>(lists: impl IntoIterator<Item = Option<&'a [u8]>>) -> usize {
    lists
        .into_iter()
        .map(|list| StoredList::read(list).expect("a list").entries.len())
        .sum()
}

fn chosen(input: &TransferInput, dice: &[u8]) -> Choices {
    let plan = TransferPlan::new(input).expect("a readable target");
    let items = plan.plan.accounts.iter().flat_map(|account| &account.items);
    items
        .zip(dice.iter().cycle())
        .filter(|(item, _)| !item.allowed.is_empty())
        .map(|(item, dice)| {
            (
                item.key.clone(),
                item.allowed[usize::from(*dice) % item.allowed.len()],
            )
        })
        .collect()
}

/// The values after a transfer, as they would be stored.
fn after(input: &TransferInput, outcome: &super::Outcome) -> TransferInput {
    let mut after = input.clone();
    after.target = Some(outcome.target.clone().into_bytes());
    for (source, write) in after.sources.iter_mut().zip(&outcome.sources) {
        match write {
            SourceWrite::Unchanged => {}
            SourceWrite::Remove => source.list = None,
            SourceWrite::Set(list) => source.list = Some(list.clone().into_bytes()),
        }
    }
    after
}

/// What the transfer changed, as its before-image records it, with other lists in the meantime.
fn changed(
    input: &TransferInput,
    now: &TransferInput,
    outcome: &super::Outcome,
) -> Vec<ChangedValue> {
    let hash = |text: &str| Some(entry_hash(text));
    let target = ChangedValue {
        place: Place::Target,
        before: input.target.clone(),
        after: hash(&outcome.target),
        current: now.target.clone(),
    };
    let sources = input.sources.iter().zip(&now.sources).zip(&outcome.sources);
    let sources = sources.filter_map(|((before, now), write)| {
        let after = match write {
            SourceWrite::Unchanged => return None,
            SourceWrite::Remove => None,
            SourceWrite::Set(list) => hash(list),
        };
        Some(ChangedValue {
            place: Place::Source(before.owner.clone().expect("a legacy source")),
            before: before.list.clone(),
            after,
            current: now.list.clone(),
        })
    });
    std::iter::once(target).chain(sources).collect()
}

/// The values after an undo, as they would be stored.
fn restored(now: &TransferInput, values: &[ChangedValue], undone: &Undone) -> TransferInput {
    let mut then = now.clone();
    for (value, restored) in values.iter().zip(&undone.values) {
        let list = match restored {
            Restored::Keep => continue,
            Restored::Set(list) => Some(list.clone()),
            Restored::Remove => None,
        };
        match &value.place {
            Place::Target => then.target = list,
            Place::Source(owner) => {
                let source = then
                    .sources
                    .iter_mut()
                    .find(|source| source.owner.as_ref() == Some(owner));
                source.expect("a source").list = list;
            }
            Place::Flag(_) => unreachable!("no flags here"),
        }
    }
    then
}

fn receipt_of(input: &TransferInput, outcome: &super::Outcome) -> Receipt {
    let occasion = Occasion {
        id: Uuid::from_u128(9),
        kind: ReceiptKind::Migration,
        at: input.now,
        request_id: String::new(),
        target_owner: input.owner,
    };
    receipt(occasion, &outcome.items)
}

fn lists(input: &TransferInput) -> Vec<Option<Vec<u8>>> {
    let sources = input.sources.iter().map(|source| source.list.clone());
    sources.chain([input.target.clone()]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn nothing_is_lost_and_nothing_is_doubled(input in input(), dice in proptest::collection::vec(any::<u8>(), 1..8)) {
        let plan = TransferPlan::new(&input).expect("a readable target");
        let Ok(outcome) = plan.apply(&chosen(&input, &dice)) else { return Ok(()) };
        let then = after(&input, &outcome);
        let all = |input: &TransferInput| -> BTreeSet<String> {
            input.sources.iter().map(|source| source.list.as_deref()).chain([input.target.as_deref()])
                .flatten().flat_map(members).collect()
        };
        prop_assert_eq!(all(&input), all(&then));
        let count = |input: &TransferInput| entries(
            input.sources.iter().map(|source| source.list.as_deref()).chain([input.target.as_deref()]),
        );
        let merged = outcome.items.iter().filter(|item| item.action == Action::Merge).count();
        prop_assert_eq!(count(&input), count(&then) + merged, "every entry is somewhere exactly once");
    }

    #[test]
    fn what_is_written_is_what_gn_auth_reads(input in input(), dice in proptest::collection::vec(any::<u8>(), 1..8)) {
        let plan = TransferPlan::new(&input).expect("a readable target");
        let Ok(outcome) = plan.apply(&chosen(&input, &dice)) else { return Ok(()) };
        let before = StoredList::read(input.target.as_deref()).expect("a list").entries.len();
        let list: Vec<serde_json::Value> = StoredList::read(Some(outcome.target.as_bytes())).expect("a list")
            .entries.iter().skip(before).map(|entry| serde_json::from_str(entry.raw).expect("JSON")).collect();
        for entry in list {
            prop_assert!(Uuid::parse_str(entry["id"].as_str().expect("id")).is_ok());
            prop_assert!(entry["name"].is_string());
            for time in ["created", "changed"] {
                prop_assert!(Timestamp::parse_stored(entry[time].as_str().expect("time")).is_some());
            }
            let members = entry["members"].as_array().expect("members");
            prop_assert!(members.iter().all(serde_json::Value::is_string));
            prop_assert_eq!(entry["num_members"].as_u64(), Some(members.len() as u64));
        }
    }

    #[test]
    fn ids_in_the_target_stay_unique_and_foreign_entries_untouched(input in input(), dice in proptest::collection::vec(any::<u8>(), 1..8)) {
        let plan = TransferPlan::new(&input).expect("a readable target");
        let Ok(outcome) = plan.apply(&chosen(&input, &dice)) else { return Ok(()) };
        let before = StoredList::read(input.target.as_deref()).expect("a list");
        let now = StoredList::read(Some(outcome.target.as_bytes())).expect("a list");
        let merged: BTreeSet<&str> = outcome.items.iter().filter(|item| item.action == Action::Merge)
            .filter_map(|item| item.target_id.as_deref()).collect();
        for (was, is) in before.entries.iter().zip(&now.entries) {
            let id = was.collection.as_ref().ok().and_then(|collection| collection.id).map(|id| id.to_string());
            if !id.is_some_and(|id| merged.contains(id.as_str())) {
                prop_assert_eq!(was.raw, is.raw);
            }
        }
        let ids = |list: &StoredList<'_>, skip: usize| -> Vec<Uuid> {
            list.entries.iter().skip(skip).filter_map(|entry| entry.collection.as_ref().ok()?.id).collect()
        };
        let foreign: BTreeSet<Uuid> = ids(&before, 0).into_iter().collect();
        let added = ids(&now, before.entries.len());
        let distinct: BTreeSet<Uuid> = added.iter().copied().collect();
        prop_assert_eq!(added.len(), distinct.len());
        prop_assert!(foreign.is_disjoint(&distinct));
    }

    #[test]
    fn the_preview_is_what_happens(input in input(), dice in proptest::collection::vec(any::<u8>(), 1..8)) {
        let plan = TransferPlan::new(&input).expect("a readable target");
        let choices = chosen(&input, &dice);
        let Ok(outcome) = plan.apply(&choices) else { return Ok(()) };
        let items = plan.plan.accounts.iter().flat_map(|account| &account.items);
        for (previewed, done) in items.zip(&outcome.items) {
            let action = choices.get(&previewed.key).copied().unwrap_or(previewed.action);
            prop_assert_eq!(&previewed.key, &done.key);
            prop_assert_eq!(done.action, action);
            match action {
                Action::Move => prop_assert_eq!(done.target_name.as_ref(), Some(&previewed.name)),
                Action::KeepBoth => prop_assert_eq!(done.target_name.as_ref(),
                    Some(previewed.new_name.as_ref().unwrap_or(&previewed.name))),
                Action::Merge => prop_assert_eq!(done.target_id.as_ref(), previewed.target_id.as_ref()),
                _ => prop_assert!(done.target_name.is_none()),
            }
        }
        let again = TransferPlan::new(&input).expect("a readable target").apply(&choices).expect("the same choices");
        prop_assert_eq!(again, outcome, "browser and server come to the same");
    }

    #[test]
    fn after_a_transfer_by_default_nothing_is_offered_any_more(input in input()) {
        let plan = TransferPlan::new(&input).expect("a readable target");
        let Ok(outcome) = plan.apply(&Choices::new()) else { return Ok(()) };
        let then = after(&input, &outcome);
        prop_assert!(!TransferPlan::new(&then).expect("a readable target").plan.offer);
    }

    #[test]
    fn undo_after_execute_is_the_identity(input in input(), dice in proptest::collection::vec(any::<u8>(), 1..8)) {
        let plan = TransferPlan::new(&input).expect("a readable target");
        let Ok(outcome) = plan.apply(&chosen(&input, &dice)) else { return Ok(()) };
        let now = after(&input, &outcome);
        let values = changed(&input, &now, &outcome);
        let undone = undo(&receipt_of(&input, &outcome), &values).expect("nothing was touched");
        prop_assert_eq!(lists(&restored(&now, &values, &undone)), lists(&input), "byte for byte");
    }

    #[test]
    fn an_undo_after_other_changes_loses_no_member(
        input in input(),
        dice in proptest::collection::vec(any::<u8>(), 1..8),
        removed in any::<proptest::sample::Index>(),
        new in entry(),
    ) {
        let plan = TransferPlan::new(&input).expect("a readable target");
        let Ok(outcome) = plan.apply(&chosen(&input, &dice)) else { return Ok(()) };
        let mut now = after(&input, &outcome);
        // Somebody removes one collection of the account and makes another one, alike but for its name.
        let new = new.replace("\"name\": \"n", "\"name\": \"since ");
        let list = StoredList::read(now.target.as_deref()).expect("a list");
        let mut raws: Vec<&str> = list.entries.iter().map(|entry| entry.raw).collect();
        if !raws.is_empty() {
            raws.remove(removed.index(raws.len()));
        }
        raws.push(&new);
        now.target = Some(crate::raw_json::join_array(raws).into_bytes());
        let values = changed(&input, &now, &outcome);
        let Ok(undone) = undo(&receipt_of(&input, &outcome), &values) else { return Ok(()) };
        let then = restored(&now, &values, &undone);
        let all = |input: &TransferInput| -> BTreeSet<String> {
            lists(input).iter().flatten().flat_map(|list| members(list)).collect()
        };
        prop_assert!(all(&then).is_superset(&all(&now)), "what is there now is there afterwards");
        let target = StoredList::read(then.target.as_deref()).expect("a list");
        prop_assert!(target.entries.iter().any(|entry| entry.raw == new), "what was made since stays");
    }
}
