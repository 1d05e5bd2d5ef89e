//! Restores deleted collections.

use super::delete::{RemovedText, receipt_item};
use crate::api::{Action, ReceiptItem};
use crate::collection::entry_hash;
use crate::legacy::{StoredList, UnreadableList, WriteOptions, content_hash, entry};
use crate::notes::{NoteWrite, joined};
use crate::raw_json::join_array;
use crate::timestamp::Timestamp;
use std::collections::HashMap;
use uuid::Uuid;

/// The namespace of new ids for restored collections whose id is taken.
const NEW_IDS: Uuid = Uuid::from_u128(0x0f4e_7ab1_52c9_4d36_9b18_c2d7_41e0_6a85);

/// The content of the before-image of a deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeletedEntries {
    /// The removed texts in their order.
    pub removed: Vec<RemovedText>,
    /// Hex SHA-256 of the list after the deletion.
    pub after: String,
    /// The notes that were stored beside the list.
    pub notes: HashMap<Uuid, String>,
}

/// A list after deleted collections are restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreOutput {
    /// The list to store, or `None` when all of the collections are there already.
    pub list: Option<Vec<u8>>,
    /// The notes to store.
    pub notes: Vec<NoteWrite>,
    /// The receipt items.
    pub items: Vec<ReceiptItem>,
}

/// The reason why deleted collections are not restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotRestore {
    /// The account's list cannot be read, so nothing is written to it.
    #[error(transparent)]
    Unreadable(#[from] UnreadableList),
    /// The removed text holds no collections.
    #[error("what was kept of the collections cannot be read")]
    Damaged,
}

/// Restores deleted collections.
///
/// A list that is unchanged since the deletion becomes again what it was, byte for byte. Otherwise
/// the collections are added at the end, each with a new id if another collection has taken its
/// own.
///
/// # Errors
/// [`CannotRestore`]. Nothing may be stored then.
pub fn restore(
    list: Option<&[u8]>,
    owner: Uuid,
    deleted: &DeletedEntries,
    now: Timestamp,
) -> Result<RestoreOutput, CannotRestore> {
    let raws = removed_entries(&deleted.removed)?;
    let current = list.unwrap_or_default();
    let is_unchanged =
        std::str::from_utf8(current).is_ok_and(|text| entry_hash(text) == deleted.after);
    let original = spliced(current, &deleted.removed).filter(|_| is_unchanged);
    let stored = match original {
        Some(_) => StoredList::default(),
        None => StoredList::read(list)?,
    };
    let mut target = Target::new(&stored);
    let (mut notes, mut items) = (Vec::new(), Vec::new());
    for (number, raw) in raws.iter().enumerate() {
        let collection = entry::read(raw).map_err(|_| CannotRestore::Damaged)?;
        let id = collection.id.ok_or(CannotRestore::Damaged)?;
        let mut item = receipt_item(
            format!("0:{number}"),
            owner,
            id,
            &collection,
            entry_hash(raw),
        );
        item.target_id = Some(id.to_string());
        item.target_name = Some(collection.name.clone());
        item.target_hash = content_hash(raw);
        let mut note = deleted.notes.get(&id).cloned();
        let (action, new_id) = target.place(owner, id, raw, item.target_hash.as_deref());
        item.action = action;
        let note_target = new_id.unwrap_or(id);
        if let Some(new_id) = new_id {
            let raw = collection.write(WriteOptions {
                id: new_id,
                new_name: None,
                now,
            });
            item.target_id = Some(new_id.to_string());
            item.target_hash = content_hash(&raw);
            let in_entry = collection.note();
            let new_note = in_entry.and_then(|in_entry| joined(note.as_deref(), &in_entry));
            note = new_note.or(note);
            target.append(new_id, raw);
        }
        notes.extend(note.map(|note| NoteWrite {
            collection: note_target,
            note,
            replaces: action != Action::AlreadyPresent,
        }));
        items.push(item);
    }
    Ok(RestoreOutput {
        list: original.or_else(|| target.into_list()),
        notes,
        items,
    })
}

/// Returns the texts of the entries in the removed texts.
fn removed_entries(removed: &[RemovedText]) -> Result<Vec<String>, CannotRestore> {
    let mut raws = Vec::new();
    for RemovedText { text, .. } in removed {
        let text = std::str::from_utf8(text).map_err(|_| CannotRestore::Damaged)?;
        let entries = text.trim_matches(|c: char| c == ',' || c.is_whitespace());
        let array = format!("[{entries}]");
        let read = StoredList::read(Some(array.as_bytes())).map_err(|_| CannotRestore::Damaged)?;
        raws.extend(read.entries.iter().map(|entry| entry.raw.to_owned()));
    }
    Ok(raws)
}

/// Puts the removed texts back to their offsets. Returns `None` if the list is too short.
fn spliced(current: &[u8], removed: &[RemovedText]) -> Option<Vec<u8>> {
    let mut list = Vec::with_capacity(current.len());
    let mut rest = current;
    for RemovedText { offset, text } in removed {
        let (before, after) = rest.split_at_checked(offset.checked_sub(list.len())?)?;
        list.extend_from_slice(before);
        list.extend_from_slice(text);
        rest = after;
    }
    list.extend_from_slice(rest);
    Some(list)
}

/// The list to which collections are restored, with those that are added at its end.
struct Target<'l, 'a> {
    stored: &'l StoredList<'a>,
    added: Vec<(Uuid, String)>,
}

impl<'l, 'a> Target<'l, 'a> {
    fn new(stored: &'l StoredList<'a>) -> Self {
        Self {
            stored,
            added: Vec::new(),
        }
    }

    /// Adds the entry under its own id if that is free. Returns the action, and the id under which
    /// the collection must be added instead.
    fn place(
        &mut self,
        owner: Uuid,
        id: Uuid,
        raw: &str,
        hash: Option<&str>,
    ) -> (Action, Option<Uuid>) {
        if self
            .with_id(id)
            .any(|raw| content_hash(raw).as_deref() == hash)
        {
            return (Action::AlreadyPresent, None);
        }
        if self.is_free(id) {
            self.append(id, raw.to_owned());
            return (Action::Move, None);
        }
        (Action::Move, Some(self.free_id(owner, id, raw)))
    }

    fn append(&mut self, id: Uuid, raw: String) {
        self.added.push((id, raw));
    }

    fn is_free(&self, id: Uuid) -> bool {
        self.with_id(id).next().is_none()
    }

    fn with_id(&self, id: Uuid) -> impl Iterator<Item = &str> {
        let entries = self.stored.entries.iter();
        let stored = entries.filter_map(move |entry| {
            let collection = entry.collection.as_ref().ok()?;
            (collection.id == Some(id)).then_some(entry.raw)
        });
        let added = self.added.iter();
        stored.chain(added.filter_map(move |(added, raw)| (*added == id).then_some(&**raw)))
    }

    /// Returns a new id for the collection, derived from it. There is one candidate more than
    /// entries, so that one of them is free.
    fn free_id(&self, owner: Uuid, id: Uuid, raw: &str) -> Uuid {
        let seed = format!("{owner} {id} {}", entry_hash(raw));
        let num_entries = self.stored.entries.len() + self.added.len();
        (0..=num_entries)
            .map(|number| Uuid::new_v5(&NEW_IDS, format!("{seed} {number}").as_bytes()))
            .find(|id| self.is_free(*id))
            .unwrap_or(id)
    }

    /// Returns the list to store, or `None` if nothing was added.
    fn into_list(self) -> Option<Vec<u8>> {
        let stored = self.stored.entries.iter().map(|entry| entry.raw);
        let added = self.added.iter().map(|(_, raw)| &**raw);
        (!self.added.is_empty()).then(|| join_array(stored.chain(added)).into_bytes())
    }
}
