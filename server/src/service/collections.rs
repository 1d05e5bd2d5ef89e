//! Reads an account's own collections and their history.

use crate::blocking::run_blocking;
use crate::clock::now;
use crate::store::{Store, StoreError};
use shared::api::{CollectionDetail, CollectionList, History, UnreadableEntry};
use shared::collection::version;
use shared::edit::{CannotEdit, Invalid, history, summary};
use shared::legacy::{StoredList, UnreadableList};
use uuid::Uuid;

/// A collection that cannot be shown or changed. Nothing was changed, except perhaps by a failing
/// store.
#[derive(Debug, thiserror::Error)]
pub enum CollectionError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Unreadable(#[from] UnreadableList),
    #[error("the account has no such collection")]
    NotFound,
    /// The collection is not in the version that the edit names.
    #[error("the collection was changed meanwhile")]
    Changed,
    #[error("the edit is not valid")]
    Invalid(Vec<Invalid>),
    #[error("the list is being changed by other programs")]
    Contended,
}

impl From<CannotEdit> for CollectionError {
    fn from(cannot: CannotEdit) -> Self {
        match cannot {
            CannotEdit::Unreadable(error) => Self::Unreadable(error),
            CannotEdit::NotFound => Self::NotFound,
            CannotEdit::Changed => Self::Changed,
            CannotEdit::Invalid(invalid) => Self::Invalid(invalid),
        }
    }
}

/// A value and its version, for `ETag`.
pub struct Versioned<T> {
    pub value: T,
    /// Hex hash of the stored bytes.
    pub version: String,
}

/// Returns an account's collections, without members.
pub async fn list(
    store: &Store,
    owner: Uuid,
) -> Result<Versioned<CollectionList>, CollectionError> {
    let list = store.list(owner).await?;
    let bytes = list.as_ref().map_or(0, Vec::len);
    run_blocking(bytes, move || summaries(list.as_deref())).await
}

fn summaries(raw: Option<&[u8]>) -> Result<Versioned<CollectionList>, CollectionError> {
    let stored = StoredList::read(raw)?;
    let now = now();
    let mut list = CollectionList::default();
    for (position, entry) in stored.entries.iter().enumerate() {
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        match &entry.collection {
            Ok(collection) => match collection.id {
                Some(id) => list.collections.push(summary(id, collection, now)),
                None => list.unreadable.push(UnreadableEntry {
                    position,
                    reason: "it has no id".to_owned(),
                }),
            },
            Err(reason) => list.unreadable.push(UnreadableEntry {
                position,
                reason: reason.to_string(),
            }),
        }
    }
    Ok(Versioned {
        value: list,
        version: version(raw.unwrap_or_default()),
    })
}

/// Returns one collection of an account, with its members.
pub async fn one(
    store: &Store,
    owner: Uuid,
    id: Uuid,
) -> Result<Versioned<CollectionDetail>, CollectionError> {
    let (list, note) = store.list_and_note(owner, id).await?;
    let bytes = list.as_ref().map_or(0, Vec::len);
    run_blocking(bytes, move || detail(list.as_deref(), id, note)).await
}

/// Returns the last changes of a collection, and its version after them.
pub async fn history(
    store: &Store,
    owner: Uuid,
    id: Uuid,
) -> Result<Versioned<History>, CollectionError> {
    let stored = store.stored_values(owner, id).await?;
    let (list, stored_history) = (stored.list, stored.history);
    let bytes = list.as_ref().map_or(0, Vec::len);
    let history = run_blocking(bytes, move || {
        let history = history::current(list.as_deref(), stored_history.as_deref(), id, now())?;
        Ok(Versioned {
            value: History {
                changes: history.changes(),
            },
            version: detail(list.as_deref(), id, None)?.version,
        })
    });
    history.await
}

/// Returns a collection of a list. `note` is the note that is stored beside the list; an older one
/// may still be in the entry.
fn detail(
    raw: Option<&[u8]>,
    id: Uuid,
    note: Option<String>,
) -> Result<Versioned<CollectionDetail>, CollectionError> {
    let stored = StoredList::read(raw)?;
    let mut entries = stored.entries.iter();
    let found = entries.find_map(|entry| {
        let collection = entry.collection.as_ref().ok()?;
        (collection.id == Some(id)).then_some((entry.raw, collection))
    });
    let (entry, collection) = found.ok_or(CollectionError::NotFound)?;
    let members = collection.members.iter();
    Ok(Versioned {
        value: CollectionDetail {
            summary: summary(id, collection, now()),
            members: members.map(|member| member.text().to_owned()).collect(),
            note: note.or_else(|| collection.note()),
        },
        version: version(entry),
    })
}
