//! Restores a deleted collection.

use super::delete::receipt_item;
use crate::api::{Action, ReceiptItem};
use crate::collection::entry_hash;
use crate::legacy::{StoredList, UnreadableList, WriteOptions, content_hash, entry};
use crate::notes::{NoteWrite, joined};
use crate::raw_json::join_array;
use crate::timestamp::Timestamp;
use uuid::Uuid;

/// The namespace of new ids for restored collections whose id is taken.
const NEW_IDS: Uuid = Uuid::from_u128(0x0f4e_7ab1_52c9_4d36_9b18_c2d7_41e0_6a85);

/// A deleted entry, as its before-image keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedEntry {
    /// The removed text.
    pub removed: Vec<u8>,
    /// The offset of the removed text, in bytes from the start of the list.
    pub offset: usize,
    /// Hex SHA-256 of the list after the deletion.
    pub after: String,
    /// The note that was stored beside the list.
    pub note: Option<String>,
}

/// A list after a deleted collection is restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreOutput {
    /// The list to store, or `None` when the collection is there already.
    pub list: Option<Vec<u8>>,
    /// The note to store.
    pub note: Option<NoteWrite>,
    /// The receipt item.
    pub item: ReceiptItem,
}

/// The reason why a deleted collection is not restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotRestore {
    /// The account's list cannot be read, so nothing is written to it.
    #[error(transparent)]
    Unreadable(#[from] UnreadableList),
    /// The removed text is no collection.
    #[error("what was kept of the collection cannot be read")]
    Damaged,
}

/// Restores a deleted collection.
///
/// A list that is unchanged since the deletion becomes again what it was, byte for byte. Otherwise
/// the collection is added at the end, with a new id if another collection has taken its own.
///
/// # Errors
/// [`CannotRestore`]. Nothing may be stored then.
pub fn restore(
    list: Option<&[u8]>,
    owner: Uuid,
    deleted: &DeletedEntry,
    now: Timestamp,
) -> Result<RestoreOutput, CannotRestore> {
    let damaged = CannotRestore::Damaged;
    let removed = std::str::from_utf8(&deleted.removed).map_err(|_| damaged)?;
    let raw = removed.trim_matches(|c: char| c == ',' || c.is_whitespace());
    let collection = entry::read(raw).map_err(|_| damaged)?;
    let id = collection.id.ok_or(damaged)?;
    let key = String::from("0:0");
    let mut item = receipt_item(key, owner, id, &collection, entry_hash(raw));
    item.action = Action::Move;
    item.target_id = Some(id.to_string());
    item.target_name = Some(collection.name.clone());
    item.target_hash = content_hash(raw);
    let own_note = note_write(id, deleted.note.clone(), true);

    let current = list.unwrap_or_default();
    let is_unchanged =
        std::str::from_utf8(current).is_ok_and(|text| entry_hash(text) == deleted.after);
    let parts = current.split_at_checked(deleted.offset);
    if let (true, Some((before, after))) = (is_unchanged, parts) {
        return Ok(RestoreOutput {
            list: Some([before, &deleted.removed, after].concat()),
            note: own_note,
            item,
        });
    }

    let stored = StoredList::read(list)?;
    let append = |raw: &str| {
        let raws = stored.entries.iter().map(|entry| entry.raw);
        Some(join_array(raws.chain([raw])).into_bytes())
    };
    let with_id = |id: Uuid| {
        let entries = stored.entries.iter();
        entries.filter(
            move |entry| matches!(&entry.collection, Ok(collection) if collection.id == Some(id)),
        )
    };
    if with_id(id).any(|entry| content_hash(entry.raw) == item.target_hash) {
        item.action = Action::AlreadyPresent;
        return Ok(RestoreOutput {
            list: None,
            note: note_write(id, deleted.note.clone(), false),
            item,
        });
    }
    if with_id(id).next().is_none() {
        return Ok(RestoreOutput {
            list: append(raw),
            note: own_note,
            item,
        });
    }
    let is_free = |id: &Uuid| with_id(*id).next().is_none();
    let new_id = free_id(owner, id, raw, stored.entries.len(), is_free).unwrap_or(id);
    let raw = collection.write(WriteOptions {
        id: new_id,
        new_name: None,
        now,
    });
    item.target_id = Some(new_id.to_string());
    item.target_hash = content_hash(&raw);
    let in_entry = collection.note();
    let new_note = in_entry.and_then(|note| joined(deleted.note.as_deref(), &note));
    let new_note = new_note.or_else(|| deleted.note.clone());
    Ok(RestoreOutput {
        list: append(&raw),
        note: note_write(new_id, new_note, true),
        item,
    })
}

/// Returns a new id for the collection, derived from it. There is one candidate more than entries,
/// so that one of them is free.
fn free_id(
    owner: Uuid,
    id: Uuid,
    raw: &str,
    num_entries: usize,
    is_free: impl Fn(&Uuid) -> bool,
) -> Option<Uuid> {
    let seed = format!("{owner} {id} {}", entry_hash(raw));
    (0..=num_entries)
        .map(|number| Uuid::new_v5(&NEW_IDS, format!("{seed} {number}").as_bytes()))
        .find(is_free)
}

fn note_write(collection: Uuid, note: Option<String>, replaces: bool) -> Option<NoteWrite> {
    Some(NoteWrite {
        collection,
        note: note?,
        replaces,
    })
}
