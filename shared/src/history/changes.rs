//! The last changes of a collection, each as the way back over it.

use super::delta::{DeltaSegment, apply_delta, delta};
use crate::api::PastChange;
use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The maximum number of changes that are kept for a collection.
pub const MAX_CHANGES: usize = 20;

/// The content of a collection: its name and its members in stored order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Free text.
    pub name: String,
    /// Members in stored order.
    pub members: Vec<String>,
}

/// A change and the data to revert it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReversibleChange {
    /// The description of the change, with the old name.
    pub change: PastChange,
    /// The old members as a delta of the new ones, or `None` when they stayed the same.
    #[serde(rename = "pieces", default, skip_serializing_if = "Option::is_none")]
    pub delta: Option<Vec<DeltaSegment>>,
}

/// The last [`MAX_CHANGES`] changes, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Changes(Vec<ReversibleChange>);

impl Changes {
    /// Records the change from `before` to `after`. Equal contents are no change.
    pub fn record(&mut self, before: &Content, after: &Content, at: Timestamp, elsewhere: bool) {
        if before == after {
            return;
        }
        let last_number = self.0.last().map_or(0, |change| change.change.number);
        let members_changed = before.members != after.members;
        self.0.push(ReversibleChange {
            change: PastChange {
                number: last_number + 1,
                at,
                elsewhere,
                name: before.name.clone(),
                renamed: before.name != after.name,
                num_members: before.members.len() as u64,
                added: count_missing(&after.members, &before.members),
                removed: count_missing(&before.members, &after.members),
            },
            delta: members_changed.then(|| delta(&after.members, &before.members)),
        });
        let surplus = self.0.len().saturating_sub(MAX_CHANGES);
        self.0.drain(..surplus);
    }

    /// The changes, the newest first.
    pub fn newest_first(&self) -> impl Iterator<Item = &PastChange> {
        self.0.iter().rev().map(|change| &change.change)
    }

    /// Returns the content before the change with this number, given the content after the last
    /// change. Returns `None` when that change is not kept, or when `current` is other content.
    pub fn before(&self, number: u32, current: &Content) -> Option<Content> {
        let mut changes = self.0.iter();
        let first = changes.position(|change| change.change.number == number)?;
        let mut content = current.clone();
        for change in self.0.iter().skip(first).rev() {
            if let Some(delta) = &change.delta {
                content.members = apply_delta(&content.members, delta)?;
            }
            content.name.clone_from(&change.change.name);
        }
        Some(content)
    }
}

/// Counts the members of `list` that `other` lacks.
fn count_missing(list: &[String], other: &[String]) -> u64 {
    let other: HashSet<&String> = other.iter().collect();
    list.iter().filter(|member| !other.contains(member)).count() as u64
}
