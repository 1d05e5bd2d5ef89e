//! The collection that a page shows, and the means to edit it wherever it is stored.

use super::account_collection::AccountCollection;
use super::local_collections::LocalCollections;
use crate::edit::local_edit::LocalEditKind;
use crate::edit::{CollectionEdit, EditError, SaveOutcome};
use shared::api::PastChange;
use std::slice;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq)]
pub enum CollectionHandle {
    /// A collection of this browser, by its id.
    Browser(LocalCollections, String),
    Account(AccountCollection),
}

/// Deleted collections, which can be restored for 30 days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeletedCollections {
    /// Collections of this browser, by their ids.
    Browser(Vec<String>),
    /// Collections of the account, by the receipt of the deletion, unless the answer that names it
    /// was lost.
    Account(Option<Uuid>),
}

impl CollectionHandle {
    pub fn id(&self) -> String {
        match self {
            Self::Browser(_, id) => id.clone(),
            Self::Account(collection) => collection.id().to_string(),
        }
    }

    /// Edits the collection. After a conflict the page shows the collection as it is now.
    pub async fn edit(&self, edit: &CollectionEdit) -> Result<SaveOutcome, EditError> {
        match self {
            Self::Browser(local, id) => {
                let kind = LocalEditKind::Edit(edit.clone());
                local.edit(slice::from_ref(id), kind).await
            }
            Self::Account(collection) => collection.edit(edit).await,
        }
    }

    /// Returns what
    /// [`CollectionActions::restore`](super::collection_actions::CollectionActions::restore) needs
    /// after a deletion.
    pub fn deleted(&self, outcome: &SaveOutcome) -> DeletedCollections {
        match self {
            Self::Browser(_, id) => DeletedCollections::Browser(vec![id.clone()]),
            Self::Account(_) => DeletedCollections::Account(outcome.receipt),
        }
    }

    /// Returns the last changes, the newest first.
    pub async fn history(&self) -> Result<Vec<PastChange>, EditError> {
        match self {
            Self::Browser(local, id) => Ok(local.history(id).await?),
            Self::Account(collection) => collection.history().await,
        }
    }
}
