//! Adds a collection to a list.

use super::check;
use super::list::{CannotEdit, EditOutput, ListedCollection, distinct, written};
use crate::api::CreateCollection;
use crate::legacy::{StoredList, write_new};
use crate::raw_json::join_array;
use crate::timestamp::Timestamp;
use uuid::Uuid;

/// Adds a collection at the end. If the list has a collection with this id, the request is a
/// repetition, and that collection is returned unchanged.
///
/// # Errors
/// [`CannotEdit::Invalid`] or [`CannotEdit::Unreadable`].
pub fn create(
    list: Option<&[u8]>,
    id: Uuid,
    request: &CreateCollection,
    now: Timestamp,
) -> Result<EditOutput, CannotEdit> {
    check::create(request).map_err(CannotEdit::Invalid)?;
    let stored = StoredList::read(list)?;
    if let Some(existing) = ListedCollection::find(&stored, id) {
        return Ok(existing.unchanged(id, now));
    }
    let members = distinct(&request.members);
    let raw = write_new(id, request.name.trim(), &members, now);
    let raws = stored.entries.iter().map(|entry| entry.raw);
    let list = join_array(raws.chain([raw.as_str()]));
    written(&stored, list, id, &raw, request.note.clone(), now)
}
