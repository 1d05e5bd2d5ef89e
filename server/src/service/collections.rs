//! An account's own collections.

use super::clock::now;
use crate::store::{Store, StoreError};
use sha2::{Digest, Sha256};
use shared::api::{CollectionDetail, CollectionList, CollectionSummary, UnreadableEntry};
use shared::collection::hex;
use shared::legacy::{ReadCollection, StoredList, UnreadableList};
use uuid::Uuid;

/// Why a collection cannot be shown.
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
    let stored = StoredList::read(raw.as_deref())?;
    let mut list = CollectionList::default();
    for (position, entry) in stored.entries.iter().enumerate() {
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        match &entry.collection {
            Ok(collection) => match collection.id {
                Some(id) => list.collections.push(summary(id, collection)),
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
        version: version(raw.as_deref().unwrap_or_default()),
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
    let stored = StoredList::read(raw.as_deref())?;
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
                .map(|member| member.text.clone())
                .collect();
            Some(Versioned {
                value: CollectionDetail {
                    summary: summary(id, collection),
                    members,
                },
                version: version(entry.raw.as_bytes()),
            })
        })
        .ok_or(CollectionError::NotFound)
}

fn summary(id: Uuid, collection: &ReadCollection<'_>) -> CollectionSummary {
    let now = now();
    CollectionSummary {
        id,
        name: collection.name.clone(),
        created: collection.created.unwrap_or(now),
        changed: collection.changed.unwrap_or(now),
        num_members: collection.members.len() as u64,
    }
}

fn version(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..16])
}
