//! Deletes collections from a list.
//!
//! Only the removed texts and their offsets are kept, not the whole list: a list of many megabytes
//! may lose many collections.

use super::list::{CannotEdit, ListedCollection};
use crate::api::{Action, Receipt, ReceiptItem, ReceiptKind, ShownCollection};
use crate::collection::{entry_hash, version, version_of};
use crate::legacy::{ParsedCollection, StoredList};
use crate::notes::{NoteWrite, notes_in_entries};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A collection to delete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deletion {
    /// The id of the collection.
    pub id: Uuid,
    /// The state in which the collection must still be.
    pub seen: Seen,
}

/// The state of a collection as a user saw it, in which it must still be when it is deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// The collection in this version, from its `ETag`.
    Version(String),
    /// The collection as a list showed it.
    Shown(ShownCollection),
    /// Nothing: the collection is deleted as it is stored.
    Nothing,
}

/// A text that a deletion removed from a list: entries that followed each other, with their commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedText {
    /// The offset of the text, in bytes from the start of the list before the deletion.
    pub offset: usize,
    /// The text.
    pub text: Vec<u8>,
}

/// A list after a deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeleteOutput {
    /// The list to store.
    pub list: String,
    /// The removed texts in their order.
    pub removed: Vec<RemovedText>,
    /// The receipt items, in the order of the list.
    pub items: Vec<ReceiptItem>,
    /// The notes in the remaining entries, which are copied.
    pub other_notes: Vec<NoteWrite>,
}

/// Deletes collections, all or none.
///
/// # Errors
/// [`CannotEdit`], if that is so for one of the collections. Nothing may be stored then.
pub fn delete(
    list: Option<&[u8]>,
    owner: Uuid,
    deletions: &[Deletion],
) -> Result<DeleteOutput, CannotEdit> {
    let stored = StoredList::read(list)?;
    let mut items = BTreeMap::new();
    for Deletion { id, seen } in deletions {
        let found = ListedCollection::find(&stored, *id).ok_or(CannotEdit::NotFound)?;
        if !seen.is_still(found) {
            return Err(CannotEdit::Changed);
        }
        let item = receipt_item(
            format!("0:{}", found.position),
            owner,
            *id,
            found.collection,
            entry_hash(found.raw),
        );
        items.insert(found.position, item);
    }
    // A list with an entry is text.
    let text = std::str::from_utf8(list.unwrap_or_default()).map_err(|_| CannotEdit::NotFound)?;
    let mut remaining = String::with_capacity(text.len());
    let (mut removed, mut end_of_last) = (Vec::new(), 0);
    for (from, to) in removed_ranges(&stored, text, items.keys().copied()) {
        remaining += &text[end_of_last..from];
        removed.push(RemovedText {
            offset: from,
            text: text[from..to].into(),
        });
        end_of_last = to;
    }
    remaining += &text[end_of_last..];
    let ids: Vec<Uuid> = deletions.iter().map(|deletion| deletion.id).collect();
    Ok(DeleteOutput {
        list: remaining,
        removed,
        items: items.into_values().collect(),
        other_notes: notes_in_entries(&stored, &ids),
    })
}

impl Seen {
    /// Whether the collection still is what the user saw.
    fn is_still(&self, found: ListedCollection<'_, '_>) -> bool {
        match self {
            Self::Version(seen) => version(found.raw) == *seen,
            Self::Shown(seen) => {
                let ParsedCollection {
                    name,
                    members,
                    changed,
                    ..
                } = found.collection;
                // The list shows another time for each look at a collection without one.
                let has_same_time = changed.is_none_or(|changed| changed == seen.changed);
                *name == seen.name && members.len() as u64 == seen.num_members && has_same_time
            }
            Self::Nothing => true,
        }
    }
}

/// Returns the ranges of text to remove with the entries at these ascending positions. Entries that
/// follow each other have one range, with the comma after or before it.
fn removed_ranges(
    stored: &StoredList<'_>,
    text: &str,
    positions: impl Iterator<Item = usize>,
) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for position in positions {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == position => *last = position,
            _ => runs.push((position, position)),
        }
    }
    let start =
        |position: usize| stored.entries[position].raw.as_ptr().addr() - text.as_ptr().addr();
    let end = |position: usize| start(position) + stored.entries[position].raw.len();
    let range = |(first, last): (usize, usize)| match (first.checked_sub(1), last + 1) {
        (_, next) if next < stored.entries.len() => (start(first), start(next)),
        (Some(previous), _) => (end(previous), end(last)),
        (None, _) => (start(first), end(last)),
    };
    runs.into_iter().map(range).collect()
}

/// Whether the receipt records these deletions, and is not undone.
pub fn records_deletion(receipt: &Receipt, deletions: &[Deletion]) -> bool {
    let has_item = |Deletion { id, seen }: &Deletion| {
        let id = id.to_string();
        let mut items = receipt.items.iter();
        let item = items.find(|item| item.source_id.as_ref() == Some(&id));
        item.is_some_and(|item| match seen {
            Seen::Version(version) => {
                item.source_hash.as_deref().and_then(version_of) == Some(version)
            }
            Seen::Shown(seen) => {
                item.source_name == seen.name && item.num_members == seen.num_members
            }
            Seen::Nothing => false,
        })
    };
    receipt.kind == ReceiptKind::Deletion
        && receipt.undone_by.is_none()
        && receipt.items.len() == deletions.len()
        && deletions.iter().all(has_item)
}

pub(super) fn receipt_item(
    key: String,
    owner: Uuid,
    id: Uuid,
    collection: &ParsedCollection<'_>,
    source_hash: String,
) -> ReceiptItem {
    ReceiptItem {
        key,
        source_owner: Some(owner.to_string()),
        source_id: Some(id.to_string()),
        source_name: collection.name.clone(),
        action: Action::Delete,
        target_id: None,
        target_name: None,
        num_members: collection.members.len() as u64,
        repairs: Vec::new(),
        source_hash: Some(source_hash),
        target_hash: None,
    }
}
