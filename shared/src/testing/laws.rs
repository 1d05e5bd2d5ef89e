//! What must hold for every plan, whatever is stored and whatever is chosen. Each law panics when broken.
//!
//! - `case`: one transfer, and what a law asks about it
//! - `planned`: what a plan promises
//! - `stored`: what lies in target and sources afterwards
//! - `undone`: what an undo gives back
#![allow(
    clippy::missing_panics_doc,
    reason = "a law panics when it is broken; that is what it is for"
)]

mod case;
mod planned;
mod stored;
mod undone;

pub use case::{Case, lists, restored};

use super::dice::Dice;
use super::inputs::{input, now};
use crate::ids::LegacyOwner;
use crate::transfer::{Source, TransferInput};
use uuid::Uuid;

impl Case {
    /// Every law that holds whatever bytes are stored.
    pub fn obeys_all(&self) {
        self.leaves_the_rest_untouched();
        self.ids_are_unique();
        self.gn_auth_reads_it();
        self.is_as_previewed();
        self.twice_is_once();
        self.undo_is_the_identity();
    }
}

/// Any bytes as a transfer: as decisions about one of odd data, or as the stored values themselves.
pub fn any_bytes(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else {
        return;
    };
    if first % 2 == 0 {
        let dice = &mut Dice::new(bytes);
        let input = input(dice);
        if let Some(case) = Case::new(input, dice) {
            case.obeys_all();
            case.loses_and_doubles_nothing();
            case.keeps_unknown_fields();
            case.names_are_free();
            case.notices_what_is_there();
        }
    } else if let Some(case) = Case::new(stored(bytes), &mut Dice::new(&[*first])) {
        case.obeys_all();
    }
}

/// The bytes as a target and sources, cut where no list goes on.
fn stored(bytes: &[u8]) -> TransferInput {
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
        now: now(),
    }
}
