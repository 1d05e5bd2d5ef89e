//! Deletes a collection from a list.
//!
//! Only the removed text and its offset are kept, not the whole list: a list of many megabytes may
//! lose many collections.

use super::list::{CannotEdit, ListedCollection};
use crate::api::{Action, Receipt, ReceiptItem, ReceiptKind};
use crate::collection::{entry_hash, version_of};
use crate::legacy::{ParsedCollection, StoredList};
use crate::notes::{NoteWrite, notes_in_entries};
use uuid::Uuid;

/// A list after a deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeleteOutput {
    /// The list to store.
    pub list: String,
    /// The removed text: the entry with its comma.
    pub removed: String,
    /// The offset of the removed text, in bytes from the start of the list.
    pub offset: usize,
    /// The receipt item.
    pub item: ReceiptItem,
    /// The notes in the remaining entries, which are copied.
    pub other_notes: Vec<NoteWrite>,
}

/// Deletes a collection.
///
/// # Errors
/// [`CannotEdit`]. Nothing may be stored then.
pub fn delete(
    list: Option<&[u8]>,
    owner: Uuid,
    id: Uuid,
    expected_version: &str,
) -> Result<DeleteOutput, CannotEdit> {
    let stored = StoredList::read(list)?;
    let found = ListedCollection::find_version(&stored, id, expected_version)?;
    let item = receipt_item(
        format!("0:{}", found.position),
        owner,
        id,
        found.collection,
        entry_hash(found.raw),
    );
    // A list with an entry is text.
    let text = std::str::from_utf8(list.unwrap_or_default()).map_err(|_| CannotEdit::NotFound)?;
    let start = |raw: &str| raw.as_ptr().addr() - text.as_ptr().addr();
    let end = |raw: &str| start(raw) + raw.len();
    let neighbour = |position: Option<usize>| stored.entries.get(position?);
    let next = neighbour(found.position.checked_add(1));
    let previous = neighbour(found.position.checked_sub(1));
    let (from, to) = match (previous, next) {
        (_, Some(next)) => (start(found.raw), start(next.raw)),
        (Some(previous), None) => (end(previous.raw), end(found.raw)),
        (None, None) => (start(found.raw), end(found.raw)),
    };
    Ok(DeleteOutput {
        list: [&text[..from], &text[to..]].concat(),
        removed: text[from..to].to_owned(),
        offset: from,
        item,
        other_notes: notes_in_entries(&stored, Some(id)),
    })
}

/// Whether the receipt records the deletion of this collection in this version, and is not undone.
pub fn is_deletion(receipt: &Receipt, id: Uuid, version: &str) -> bool {
    let id = id.to_string();
    let deletes = |item: &ReceiptItem| {
        let deleted_version = item.source_hash.as_deref().and_then(version_of);
        item.source_id.as_ref() == Some(&id) && deleted_version == Some(version)
    };
    receipt.kind == ReceiptKind::Deletion
        && receipt.undone_by.is_none()
        && receipt.items.iter().any(deletes)
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
