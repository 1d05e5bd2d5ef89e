//! What holds for every plan, whatever is stored.

use super::{Source, SourceWrite, TransferInput, TransferPlan};
use crate::api::{Action, Choices};
use crate::ids::LegacyOwner;
use crate::legacy::StoredList;
use crate::timestamp::Timestamp;
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

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
}
