//! The laws of plan, apply and undo, which hold for all stored values and choices. Each law panics
//! when broken.
//!
//! - `case`: one transfer, and the data that the laws need
//! - `plan_laws`: the laws of the plan
//! - `offer_laws`: no collection that is missing from the account goes unoffered
//! - `storage_laws`: the laws of target and sources after the transfer
//! - `undo_laws`: the laws of the undo
#![allow(clippy::missing_panics_doc, reason = "a law panics when it is broken")]

mod case;
#[cfg(test)]
mod coverage_tests;
mod offer_laws;
mod plan_laws;
mod storage_laws;
mod undo_laws;

pub use case::{Case, lists, undone};

use super::byte_source::ByteSource;
use super::inputs::{input, now};
use crate::ids::LegacyOwner;
use crate::transfer::earlier::EarlierResults;
use crate::transfer::{Source, TransferInput};
use uuid::Uuid;

impl Case {
    /// Checks every law that holds for all stored bytes.
    pub fn obeys_all(&self) {
        self.other_entries_are_unchanged();
        self.ids_are_unique();
        self.gn_auth_can_read_added_entries();
        self.output_matches_plan();
        self.applying_twice_equals_applying_once();
        self.undo_restores_every_list();
        self.missing_collections_are_offered();
        self.overwritten_collections_are_offered_again();
    }
}

/// Checks the laws on a transfer made from bytes. The bytes are either decisions about a random
/// transfer or the stored values themselves.
pub fn any_bytes(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else {
        return;
    };
    if first % 2 == 0 {
        let random = &mut ByteSource::new(bytes);
        let input = input(random);
        if let Some(case) = Case::new(input, random) {
            case.obeys_all();
            case.members_are_conserved();
            case.unknown_fields_are_preserved();
            case.names_are_free();
            case.identical_collections_are_found();
            case.members_and_notes_arrive();
        }
    } else if let Some(case) = Case::new(stored_values(bytes), &mut ByteSource::new(&[*first])) {
        case.obeys_all();
    }
}

/// Splits the bytes at zeros into a target and sources.
fn stored_values(bytes: &[u8]) -> TransferInput {
    let mut values = bytes
        .split(|byte| *byte == 0)
        .map(|value| Some(value.to_vec()));
    let target = values.next().flatten();
    let sources = values.take(3).enumerate().map(|(number, list)| Source {
        owner: Some(LegacyOwner::new(number.to_string())),
        list,
        ..Source::default()
    });
    TransferInput {
        owner: Uuid::from_u128(1),
        target,
        sources: sources.collect(),
        earlier: EarlierResults::default(),
        now: now(),
    }
}
