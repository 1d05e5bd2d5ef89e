//! The history of a collection that is stored beside an account's list, and repeated requests.

use super::list::{CannotEdit, EditOutput, ListedCollection};
use super::replace::{content, replace};
use crate::api::PatchCollection;
use crate::collection::{hex, version};
use crate::history::{CollectionHistory, LastEdit};
use crate::legacy::StoredList;
use crate::timestamp::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The identity of an edit request, by which its repetition is recognised: hex SHA-256 of the
/// expected version and the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestHash(String);

impl RequestHash {
    /// The hash of a [`super::patch()`].
    pub fn patch(expected_version: &str, request: &PatchCollection) -> Self {
        // Serialising text and lists of text cannot fail.
        let request = serde_json::to_vec(request).unwrap_or_default();
        Self::new(expected_version, &request)
    }

    /// The hash of a [`revert`] of the change with this number.
    pub fn revert(expected_version: &str, number: u32) -> Self {
        Self::new(expected_version, &number.to_be_bytes())
    }

    fn new(expected_version: &str, request: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(expected_version);
        hash.update([0]);
        hash.update(request);
        Self(hex(&hash.finalize()))
    }
}

/// Returns the history of a collection up to now, which includes changes by other programs.
///
/// `stored` is the stored history. An unreadable one is replaced by an empty history, so that the
/// owner can still edit.
///
/// # Errors
/// [`CannotEdit::NotFound`] or [`CannotEdit::Unreadable`].
pub fn current(
    list: Option<&[u8]>,
    stored: Option<&[u8]>,
    id: Uuid,
    now: Timestamp,
) -> Result<CollectionHistory, CannotEdit> {
    let list = StoredList::read(list)?;
    let found = ListedCollection::find(&list, id).ok_or(CannotEdit::NotFound)?;
    let present = content(found.collection);
    Ok(match read(stored) {
        Some(mut history) => {
            history.observe(present, found.collection.changed.unwrap_or(now));
            history
        }
        None => CollectionHistory::new(present),
    })
}

/// Adds an edit to the history `before`, and returns the history to store with the edited list.
///
/// # Errors
/// [`CannotEdit::NotFound`] or [`CannotEdit::Unreadable`].
pub fn record(
    edited: &EditOutput,
    mut before: CollectionHistory,
    now: Timestamp,
    request: RequestHash,
) -> Result<String, CannotEdit> {
    let list = StoredList::read(edited.list.as_deref().map(str::as_bytes))?;
    let found = ListedCollection::find(&list, edited.summary.id).ok_or(CannotEdit::NotFound)?;
    let edit = LastEdit {
        request: request.0,
        version: edited.version.clone(),
    };
    before.record(content(found.collection), now, edit);
    Ok(serde_json::to_string(&before).unwrap_or_default())
}

/// Returns the result of a repeated request, if the collection is still as the first request left
/// it. Then nobody else has changed it since, and the request needs no second execution.
pub fn replay(
    list: Option<&[u8]>,
    stored: Option<&[u8]>,
    id: Uuid,
    request: &RequestHash,
    now: Timestamp,
) -> Option<EditOutput> {
    let history = read(stored)?;
    let result = history.version_after(&request.0)?;
    let list = StoredList::read(list).ok()?;
    let found = ListedCollection::find(&list, id)?;
    (version(found.raw) == result).then(|| found.unchanged(id, now))
}

/// Reverts a collection to its content before the change with this number.
///
/// # Errors
/// [`CannotEdit`], and [`CannotEdit::NotFound`] when the history does not have that change.
pub fn revert(
    list: Option<&[u8]>,
    history: &CollectionHistory,
    id: Uuid,
    expected_version: &str,
    number: u32,
    now: Timestamp,
) -> Result<EditOutput, CannotEdit> {
    let content = history.before(number).ok_or(CannotEdit::NotFound)?;
    replace(list, id, expected_version, &content, now)
}

fn read(stored: Option<&[u8]>) -> Option<CollectionHistory> {
    serde_json::from_slice(stored?).ok()
}
