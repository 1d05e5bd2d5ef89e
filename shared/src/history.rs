//! What a collection was before its last changes, so that its owner can go back.
//!
//! A change is kept as the way back over it: the old name, and the old members as pieces of the new ones. Twenty changes
//! of a collection of 30,000 members then take little more room than what they changed.
//!
//! - [`Steps`]: the ways back over the last changes, one after the other
//! - [`Ledger`]: the same where other programs change the collection too and keep no history
//! - [`mod@pieces`]: a list of members as pieces of another one

mod ledger;
mod pieces;
#[cfg(test)]
mod tests;

pub use ledger::{Ledger, Made};
pub use pieces::{Piece, pieces, rebuild};

use crate::api::PastChange;
use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// How many changes of a collection are kept.
pub const KEPT: usize = 20;

/// What changes of a collection: its name and its members in stored order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Free text.
    pub name: String,
    /// Members in stored order.
    pub members: Vec<String>,
}

/// The way back over one change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What the change was.
    pub change: PastChange,
    /// The members before, as pieces of those after; absent when they stayed the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pieces: Option<Vec<Piece>>,
}

/// The ways back over the last [`KEPT`] changes, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Steps(Vec<Step>);

impl Steps {
    /// Notes that `before` became `after`. Nothing is noted when they are the same.
    pub fn note(&mut self, before: &Content, after: &Content, at: Timestamp, elsewhere: bool) {
        if before == after {
            return;
        }
        let next = self.0.last().map_or(0, |step| step.change.number) + 1;
        let moved = before.members != after.members;
        self.0.push(Step {
            change: PastChange {
                number: next,
                at,
                elsewhere,
                name: before.name.clone(),
                renamed: before.name != after.name,
                num_members: before.members.len() as u64,
                added: missing(&after.members, &before.members),
                removed: missing(&before.members, &after.members),
            },
            pieces: moved.then(|| pieces(&after.members, &before.members)),
        });
        let surplus = self.0.len().saturating_sub(KEPT);
        self.0.drain(..surplus);
    }

    /// The changes, the newest first.
    pub fn changes(&self) -> impl Iterator<Item = &PastChange> {
        self.0.iter().rev().map(|step| &step.change)
    }

    /// What the collection was before the change of this number, when it is `now` after the last one. `None` when
    /// that change is not kept, or when `now` is not what it led to.
    pub fn before(&self, number: u32, now: &Content) -> Option<Content> {
        let first = self
            .0
            .iter()
            .position(|step| step.change.number == number)?;
        let back = self.0.iter().skip(first).rev();
        let mut content = now.clone();
        for step in back {
            if let Some(pieces) = &step.pieces {
                content.members = rebuild(&content.members, pieces)?;
            }
            content.name.clone_from(&step.change.name);
        }
        Some(content)
    }
}

/// How many of `wanted` are not among `members`.
fn missing(wanted: &[String], members: &[String]) -> u64 {
    let known: HashSet<&String> = members.iter().collect();
    let missing = wanted.iter().filter(|member| !known.contains(member));
    missing.count() as u64
}
