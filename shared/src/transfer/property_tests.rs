//! Tests of the laws of [`crate::testing::laws`], each on thousands of cases.

use super::TransferInput;
use super::undo::undo;
use crate::legacy::StoredList;
use crate::raw_json::join_array;
use crate::testing::byte_source::ByteSource;
use crate::testing::entries::{Uids, entry};
use crate::testing::laws::{Case, lists, undone};
use crate::testing::{inputs, reader};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The number of cases of each property. `cargo xtask test --long` runs ten times as many.
fn cases() -> u32 {
    if std::env::var_os("GNC_TEST_LONG").is_some() {
        100_000
    } else {
        10_000
    }
}

/// The bytes that decide a case.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..400)
}

/// Makes a transfer, or `None` if nothing can be transferred.
fn case(bytes: &[u8]) -> Option<Case> {
    let random = &mut ByteSource::new(bytes);
    let input = inputs::input(random);
    Case::new(input, random)
}

/// Returns the members of all collections of a list.
fn members(list: &[u8]) -> BTreeSet<String> {
    let list = StoredList::read(Some(list)).unwrap_or_default();
    list.entries
        .iter()
        .filter_map(|entry| entry.collection.as_ref().ok())
        .flat_map(|collection| {
            collection
                .members
                .iter()
                .map(|member| member.text().to_owned())
        })
        .collect()
}

macro_rules! laws {
    ($($law:ident;)*) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(cases()))]
            $(
                #[test]
                fn $law(bytes in bytes()) {
                    if let Some(case) = case(&bytes) {
                        case.$law();
                    }
                }
            )*
        }
    };
}

laws! {
    members_are_conserved;
    unknown_fields_are_preserved;
    other_entries_are_unchanged;
    ids_are_unique;
    names_are_free;
    identical_collections_are_found;
    gn_auth_can_read_added_entries;
    output_matches_plan;
    applying_twice_equals_applying_once;
    undo_restores_every_list;
    missing_collections_are_offered;
    overwritten_collections_are_offered_again;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn repairing_is_idempotent(bytes in bytes()) {
        let random = &mut ByteSource::new(&bytes);
        let input: TransferInput = inputs::input(random);
        lists(&input).iter().flatten().for_each(|list| reader::any_value(list));
    }

    #[test]
    fn undo_after_other_changes_loses_no_member(
        bytes in bytes(),
        removed in any::<proptest::sample::Index>(),
        new in bytes(),
    ) {
        let Some(case) = case(&bytes) else { return Ok(()) };
        let mut now = case.after.clone();
        // A second request removes one collection of the account and adds a similar one.
        let mut uids = Uids::default();
        let new = entry(&mut ByteSource::new(&new), &mut uids).replacen("\"name\": \"n", "\"name\": \"since ", 1);
        if !new.contains("\"name\": \"since ") {
            // Without a name of its own it may equal a transferred collection byte for byte.
            return Ok(());
        }
        let list = StoredList::read(now.target.as_deref()).expect("a list");
        let mut raws: Vec<&str> = list.entries.iter().map(|entry| entry.raw).collect();
        if !raws.is_empty() {
            raws.remove(removed.index(raws.len()));
        }
        raws.push(&new);
        now.target = Some(join_array(raws).into_bytes());
        let values = case.changed_values(&now);
        let Ok(output) = undo(&case.receipt(), &values) else { return Ok(()) };
        let after = undone(&now, &values, &output);
        let all = |input: &TransferInput| -> BTreeSet<String> {
            lists(input).iter().flatten().flat_map(|list| members(list)).collect()
        };
        prop_assert!(all(&after).is_superset(&all(&now)), "present members stay");
        let target = StoredList::read(after.target.as_deref()).expect("a list");
        prop_assert!(target.entries.iter().any(|entry| entry.raw == new), "the new entry stays");
    }
}
