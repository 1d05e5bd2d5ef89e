//! Taking an entry out of a list, and putting it back.
//!
//! What is kept of a deleted collection is the cut-out text and its place, not the whole list: a list of
//! many megabytes may lose many collections.

use super::{CannotEdit, find_version};
use crate::api::{Action, Receipt, ReceiptItem, ReceiptKind};
use crate::collection::{entry_hash, version_of};
use crate::legacy::entry::{self, WriteAs, content_hash};
use crate::legacy::{ReadCollection, StoredList, UnreadableList};
use crate::raw_json::join_array;
use crate::timestamp::Timestamp;
use uuid::Uuid;

/// Ids of collections that come back while theirs is taken.
const RETURNED_IDS: Uuid = Uuid::from_u128(0x0f4e_7ab1_52c9_4d36_9b18_c2d7_41e0_6a85);

/// A list with one entry cut out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The list to be stored.
    pub list: String,
    /// What was cut out: the entry, with the comma that belongs to it.
    pub removed: String,
    /// Where it stood, in bytes from the start of the list.
    pub offset: usize,
    /// The receipt's line.
    pub item: ReceiptItem,
}

/// A list with a deleted entry in it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutBack {
    /// The list to be stored; `None` when the collection is there already.
    pub list: Option<Vec<u8>>,
    /// The receipt's line.
    pub item: ReceiptItem,
}

/// What is kept of a deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What was cut out.
    pub removed: Vec<u8>,
    /// Where it stood.
    pub offset: usize,
    /// Hex SHA-256 of the list that the deletion left.
    pub after: String,
}

/// Why a deleted collection is not put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotPutBack {
    /// The account's list cannot be read, so nothing is written to it.
    #[error(transparent)]
    Unreadable(#[from] UnreadableList),
    /// What was kept is no collection.
    #[error("what was kept of the collection cannot be read")]
    Damaged,
}

/// Takes a collection out of the list.
///
/// # Errors
/// [`CannotEdit`]; nothing is to be stored then.
pub fn delete(list: Option<&[u8]>, owner: Uuid, id: Uuid, seen: &str) -> Result<Cut, CannotEdit> {
    let stored = StoredList::read(list)?;
    let (place, found, collection) = find_version(&stored, id, seen)?;
    let item = line(
        format!("0:{place}"),
        owner,
        id,
        collection,
        Some(entry_hash(found.raw)),
    );
    // A list with an entry is text.
    let text = std::str::from_utf8(list.unwrap_or_default()).map_err(|_| CannotEdit::NotFound)?;
    let start = |raw: &str| raw.as_ptr().addr() - text.as_ptr().addr();
    let end = |raw: &str| start(raw) + raw.len();
    let next = stored.entries.get(place + 1);
    let previous = place.checked_sub(1).and_then(|at| stored.entries.get(at));
    let (from, to) = match (previous, next) {
        (_, Some(next)) => (start(found.raw), start(next.raw)),
        (Some(previous), None) => (end(previous.raw), end(found.raw)),
        (None, None) => (start(found.raw), end(found.raw)),
    };
    Ok(Cut {
        list: [&text[..from], &text[to..]].concat(),
        removed: text[from..to].to_owned(),
        offset: from,
        item,
    })
}

/// Whether this receipt is that of a deletion of the collection with this id in the version seen, and still holds.
pub fn is_deletion(receipt: &Receipt, id: Uuid, seen: &str) -> bool {
    let deletes = |item: &ReceiptItem| {
        let version = item.source_hash.as_deref().and_then(version_of);
        item.source_id.as_deref() == Some(id.to_string().as_str()) && version == Some(seen)
    };
    receipt.kind == ReceiptKind::Deletion
        && receipt.undone_by.is_none()
        && receipt.items.iter().any(deletes)
}

/// Puts a deleted collection back: where it stood if the list is as the deletion left it, so that it is
/// again what it was, byte for byte; else at the end. If its id has been taken meanwhile by another
/// collection, it gets a fresh one.
///
/// # Errors
/// [`CannotPutBack`]; nothing is to be stored then.
pub fn put_back(
    list: Option<&[u8]>,
    owner: Uuid,
    kept: &Kept,
    now: Timestamp,
) -> Result<PutBack, CannotPutBack> {
    let damaged = CannotPutBack::Damaged;
    let removed = std::str::from_utf8(&kept.removed).map_err(|_| damaged)?;
    let raw = removed.trim_matches(|c: char| c == ',' || c.is_whitespace());
    let collection = entry::read(raw).map_err(|_| damaged)?;
    let id = collection.id.ok_or(damaged)?;
    let mut item = line(
        String::from("0:0"),
        owner,
        id,
        &collection,
        Some(entry_hash(raw)),
    );
    item.action = Action::Move;
    item.target_id = Some(id.to_string());
    item.target_name = Some(collection.name.clone());
    item.target_hash = content_hash(raw);
    let current = list.unwrap_or_default();
    let as_left = std::str::from_utf8(current).is_ok_and(|text| entry_hash(text) == kept.after);
    if let (true, Some((before, after))) = (as_left, current.split_at_checked(kept.offset)) {
        let list = Some([before, &kept.removed, after].concat());
        return Ok(PutBack { list, item });
    }
    let stored = StoredList::read(list)?;
    let raws = stored.entries.iter().map(|entry| entry.raw);
    let same_id = |wanted: Uuid| {
        let entries = stored.entries.iter();
        entries.filter(move |entry| {
            matches!(&entry.collection, Ok(collection) if collection.id == Some(wanted))
        })
    };
    if same_id(id).any(|entry| content_hash(entry.raw) == item.target_hash) {
        item.action = Action::AlreadyPresent;
        return Ok(PutBack { list: None, item });
    }
    if same_id(id).next().is_none() {
        let list = Some(join_array(raws.chain([raw])).into_bytes());
        return Ok(PutBack { list, item });
    }
    let seed = format!("{owner} {id} {}", entry_hash(raw));
    // One more candidate than there are entries: one of them is free.
    let fresh = (0..=stored.entries.len())
        .map(|attempt| Uuid::new_v5(&RETURNED_IDS, format!("{seed} {attempt}").as_bytes()))
        .find(|fresh| same_id(*fresh).next().is_none())
        .unwrap_or(id);
    let raw = collection.write(WriteAs {
        id: fresh,
        new_name: None,
        now,
    });
    item.target_id = Some(fresh.to_string());
    item.target_hash = content_hash(&raw);
    Ok(PutBack {
        list: Some(join_array(raws.chain([raw.as_str()])).into_bytes()),
        item,
    })
}

fn line(
    key: String,
    owner: Uuid,
    id: Uuid,
    collection: &ReadCollection<'_>,
    source_hash: Option<String>,
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
        source_hash,
        target_hash: None,
    }
}
