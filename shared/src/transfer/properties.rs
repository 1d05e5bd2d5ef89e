//! What holds for every plan, whatever is stored and whatever is chosen: the laws of [`crate::testing`], each
//! on thousands of cases.

use super::TransferInput;
use super::undo::undo;
use crate::legacy::StoredList;
use crate::raw_json::join_array;
use crate::testing::dice::Dice;
use crate::testing::entries::{Uids, entry};
use crate::testing::laws::{Case, lists, restored};
use crate::testing::{inputs, reading};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Cases of each property; `cargo xtask test --long` runs ten times as many.
fn cases() -> u32 {
    if std::env::var_os("GNC_TEST_LONG").is_some() {
        100_000
    } else {
        10_000
    }
}

/// What decides about a case.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..400)
}

/// A transfer that can happen.
fn case(bytes: &[u8]) -> Option<Case> {
    let dice = &mut Dice::new(bytes);
    let input = inputs::input(dice);
    Case::new(input, dice)
}

/// Every text of a member in a list, whatever collection it is in.
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
    ($($(#[$about:meta])* $name:ident: $law:ident;)*) => {
        proptest! {
            #![proptest_config(ProptestConfig::with_cases(cases()))]
            $(
                $(#[$about])*
                #[test]
                fn $name(bytes in bytes()) {
                    if let Some(case) = case(&bytes) {
                        case.$law();
                    }
                }
            )*
        }
    };
}

laws! {
    every_member_of_every_collection_is_there_once: loses_and_doubles_nothing;
    unknown_fields_and_digits_come_along: keeps_unknown_fields;
    what_is_not_transferred_stays_byte_for_byte: leaves_the_rest_untouched;
    ids_in_the_target_stay_unique: ids_are_unique;
    names_stay_apart: names_are_free;
    what_is_there_is_noticed: notices_what_is_there;
    what_is_written_is_what_gn_auth_reads: gn_auth_reads_it;
    the_preview_is_what_happens: is_as_previewed;
    apply_twice_equals_apply_once: twice_is_once;
    undo_after_execute_is_the_identity: undo_is_the_identity;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn what_is_read_is_mended_once(bytes in bytes()) {
        let dice = &mut Dice::new(&bytes);
        let input: TransferInput = inputs::input(dice);
        lists(&input).iter().flatten().for_each(|list| reading::any_value(list));
    }

    #[test]
    fn an_undo_after_other_changes_loses_no_member(
        bytes in bytes(),
        removed in any::<proptest::sample::Index>(),
        new in bytes(),
    ) {
        let Some(case) = case(&bytes) else { return Ok(()) };
        let mut now = case.after.clone();
        // Somebody removes one collection of the account and makes another one, alike but for its name.
        let mut uids = Uids::default();
        let new = entry(&mut Dice::new(&new), &mut uids).replacen("\"name\": \"n", "\"name\": \"since ", 1);
        if !new.contains("\"name\": \"since ") {
            // Without a name of its own it may be, to the byte, what was transferred: nobody can tell them apart.
            return Ok(());
        }
        let list = StoredList::read(now.target.as_deref()).expect("a list");
        let mut raws: Vec<&str> = list.entries.iter().map(|entry| entry.raw).collect();
        if !raws.is_empty() {
            raws.remove(removed.index(raws.len()));
        }
        raws.push(&new);
        now.target = Some(join_array(raws).into_bytes());
        let values = case.changed(&now);
        let Ok(undone) = undo(&case.receipt(), &values) else { return Ok(()) };
        let then = restored(&now, &values, &undone);
        let all = |input: &TransferInput| -> BTreeSet<String> {
            lists(input).iter().flatten().flat_map(|list| members(list)).collect()
        };
        prop_assert!(all(&then).is_superset(&all(&now)), "what is there now is there afterwards");
        let target = StoredList::read(then.target.as_deref()).expect("a list");
        prop_assert!(target.entries.iter().any(|entry| entry.raw == new), "what was made since stays");
    }
}
