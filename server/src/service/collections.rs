//! An account's own collections.

use super::apart::apart;
use super::clock::now;
use crate::store::{Store, StoreError};
use shared::api::{CollectionDetail, CollectionList, History, UnreadableEntry};
use shared::collection::version;
use shared::edit::{CannotEdit, Invalid, recorded, summary};
use shared::legacy::{StoredList, UnreadableList};
use uuid::Uuid;

/// Why a collection cannot be shown or changed.
#[derive(Debug, thiserror::Error)]
pub enum CollectionError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The account's list cannot be read.
    #[error(transparent)]
    Unreadable(#[from] UnreadableList),
    /// The account has no such collection.
    #[error("the account has no such collection")]
    NotFound,
    /// The collection was changed since the version that the edit names.
    #[error("the collection was changed meanwhile")]
    Changed,
    /// The edit asks for something that cannot be stored.
    #[error("the edit is not valid")]
    Invalid(Vec<Invalid>),
    /// Other programs changed the list again and again meanwhile.
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

/// A value and the version it was read at, for `ETag`.
pub struct Versioned<T> {
    /// What was read.
    pub value: T,
    /// Hex hash of the stored bytes: another version has another one.
    pub version: String,
}

/// An account's collections, without members.
///
/// # Errors
/// [`CollectionError`] when the store fails or the list cannot be read.
pub async fn list(
    store: &Store,
    owner: Uuid,
) -> Result<Versioned<CollectionList>, CollectionError> {
    let raw = store.list(owner).await?;
    apart(raw.as_ref().map_or(0, Vec::len), move || {
        summaries(raw.as_deref())
    })
    .await
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

/// One collection of an account, with its members.
///
/// # Errors
/// [`CollectionError`] when the store fails, the list cannot be read, or has no such collection.
pub async fn one(
    store: &Store,
    owner: Uuid,
    id: Uuid,
) -> Result<Versioned<CollectionDetail>, CollectionError> {
    let raw = store.list(owner).await?;
    apart(raw.as_ref().map_or(0, Vec::len), move || {
        detail(raw.as_deref(), id)
    })
    .await
}

/// The last changes of a collection, and the version of the collection that they led to.
///
/// # Errors
/// As [`one`].
pub async fn history(
    store: &Store,
    owner: Uuid,
    id: Uuid,
) -> Result<Versioned<History>, CollectionError> {
    let (raw, stored) = store.list_and_history(owner, id, None).await?;
    apart(raw.as_ref().map_or(0, Vec::len), move || {
        let ledger = recorded::ledger(raw.as_deref(), stored.as_deref(), id, now())?;
        let now = detail(raw.as_deref(), id)?;
        Ok(Versioned {
            value: History {
                changes: ledger.changes(),
            },
            version: now.version,
        })
    })
    .await
}

fn detail(raw: Option<&[u8]>, id: Uuid) -> Result<Versioned<CollectionDetail>, CollectionError> {
    let stored = StoredList::read(raw)?;
    stored
        .entries
        .iter()
        .find_map(|entry| {
            let collection = entry
                .collection
                .as_ref()
                .ok()
                .filter(|read| read.id == Some(id))?;
            let members = collection
                .members
                .iter()
                .map(|member| member.text().to_owned())
                .collect();
            Some(Versioned {
                value: CollectionDetail {
                    summary: summary(id, collection, now()),
                    members,
                    note: collection.note(),
                },
                version: version(entry.raw),
            })
        })
        .ok_or(CollectionError::NotFound)
}
