//! Lookup in an account's list, and the result of an edit.

use super::check::Invalid;
use crate::api::CollectionSummary;
use crate::collection::version;
use crate::legacy::{ParsedCollection, StoredList, UnreadableList, entry};
use crate::notes::{NoteWrite, notes_in_entries};
use crate::raw_json::join_array;
use crate::timestamp::Timestamp;
use std::collections::HashSet;
use uuid::Uuid;

/// A list after an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditOutput {
    /// The list to store, or `None` when the edit changes nothing.
    pub list: Option<String>,
    /// The edited collection.
    pub summary: CollectionSummary,
    /// The version of the collection, for `ETag`.
    pub version: String,
    /// The note of a new collection, or the one that an edited entry has lost. It is stored beside
    /// the list.
    pub note: Option<String>,
    /// The notes in the other entries, which are copied.
    pub other_notes: Vec<NoteWrite>,
}

/// The reason why a list is not edited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotEdit {
    /// The list cannot be read, so nothing is written to it.
    #[error(transparent)]
    Unreadable(#[from] UnreadableList),
    /// The list has no such collection.
    #[error("the account has no such collection")]
    NotFound,
    /// The collection has another version than the edit expects.
    #[error("the collection was changed meanwhile")]
    Changed,
    /// The request contains values that cannot be stored.
    #[error("the edit is not valid")]
    Invalid(Vec<Invalid>),
}

#[derive(Clone, Copy)]
pub(super) struct ListedCollection<'l, 'a> {
    pub(super) position: usize,
    pub(super) raw: &'a str,
    pub(super) collection: &'l ParsedCollection<'a>,
}

impl<'l, 'a> ListedCollection<'l, 'a> {
    /// Finds the first collection with this id, which is also the one that is shown.
    pub(super) fn find(list: &'l StoredList<'a>, id: Uuid) -> Option<Self> {
        let mut entries = list.entries.iter().enumerate();
        entries.find_map(|(position, entry)| {
            let collection = entry.collection.as_ref().ok()?;
            (collection.id == Some(id)).then_some(Self {
                position,
                raw: entry.raw,
                collection,
            })
        })
    }

    /// Finds the collection with this id, which must have the expected version.
    pub(super) fn find_version(
        list: &'l StoredList<'a>,
        id: Uuid,
        expected_version: &str,
    ) -> Result<Self, CannotEdit> {
        let found = Self::find(list, id).ok_or(CannotEdit::NotFound)?;
        if version(found.raw) == expected_version {
            Ok(found)
        } else {
            Err(CannotEdit::Changed)
        }
    }

    pub(super) fn unchanged(self, id: Uuid, now: Timestamp) -> EditOutput {
        EditOutput {
            list: None,
            summary: summary(id, self.collection, now),
            version: version(self.raw),
            note: None,
            other_notes: Vec::new(),
        }
    }

    /// The result of replacing the collection's text in the list.
    pub(super) fn replaced_by(
        self,
        raw: &str,
        list: &StoredList<'_>,
        id: Uuid,
        now: Timestamp,
    ) -> Result<EditOutput, CannotEdit> {
        let mut raws: Vec<&str> = list.entries.iter().map(|entry| entry.raw).collect();
        raws[self.position] = raw;
        let note = self.collection.note();
        written(list, join_array(raws), id, raw, note, now)
    }
}

/// Returns the version of a collection as it is stored, for an edit that expects none.
///
/// # Errors
/// [`CannotEdit::NotFound`] or [`CannotEdit::Unreadable`].
pub fn stored_version(list: Option<&[u8]>, id: Uuid) -> Result<String, CannotEdit> {
    let stored = StoredList::read(list)?;
    let found = ListedCollection::find(&stored, id).ok_or(CannotEdit::NotFound)?;
    Ok(version(found.raw))
}

/// The result of writing the collection `raw` into the list `before`.
pub(super) fn written(
    before: &StoredList<'_>,
    list: String,
    id: Uuid,
    raw: &str,
    note: Option<String>,
    now: Timestamp,
) -> Result<EditOutput, CannotEdit> {
    let collection = entry::read(raw).map_err(|_| CannotEdit::NotFound)?;
    Ok(EditOutput {
        list: Some(list),
        summary: summary(id, &collection, now),
        version: version(raw),
        note,
        other_notes: notes_in_entries(before, &[id]),
    })
}

/// Returns the summary of a stored collection. Unknown timestamps become `now`.
pub fn summary(id: Uuid, collection: &ParsedCollection<'_>, now: Timestamp) -> CollectionSummary {
    CollectionSummary {
        id,
        name: collection.name.clone(),
        created: collection.created.unwrap_or(now),
        changed: collection.changed.unwrap_or(now),
        num_members: collection.members.len() as u64,
    }
}

/// Returns the first of each member, without the white space around it.
pub(super) fn distinct(members: &[String]) -> Vec<&str> {
    let mut seen = HashSet::new();
    let members = members.iter().map(|member| member.trim());
    members.filter(|member| seen.insert(*member)).collect()
}
