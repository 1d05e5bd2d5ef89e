//! Creating, deleting and restoring collections, wherever they are stored.

use super::account_collection::edit_error;
use super::collection_handle::DeletedCollections;
use super::local_collections::{LocalCollections, use_local_collections};
use super::revision::{Revision, use_revision};
use super::session::use_session;
use crate::api::{ApiError, AuthorisedApi, retry};
use crate::edit::local_edit::LocalEditKind;
use crate::edit::{CollectionDiff, CollectionEdit, EditError, SaveOutcome};
use crate::state::destination::Destination;
use shared::api::{CollectionBatch, CreateCollection, ShownCollection};
use shared::edit::check::MAX_NOTE;
use shared::formats::FileCollection;
use shared::problem::Slug;
use uuid::Uuid;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub struct CollectionActions {
    pub(super) local: LocalCollections,
    pub(super) api: Option<AuthorisedApi>,
    pub(super) revision: Revision,
}

impl CollectionActions {
    /// Creates a collection. Repeating the call with the same key creates no second one in the
    /// account; `on_retry` receives the reason why it takes longer. Returns its id and how it was
    /// saved.
    pub async fn create(
        &self,
        destination: Destination,
        collection: &FileCollection,
        key: Uuid,
        on_retry: &dyn Fn(&ApiError),
    ) -> Result<(Uuid, SaveOutcome), EditError> {
        let FileCollection {
            name,
            members,
            note,
            ..
        } = collection.clone();
        if destination == Destination::Browser {
            let id = Uuid::new_v4();
            let outcome = self.local.create(id, name, members, note).await?;
            return Ok((id, outcome));
        }
        let added = members.len() as u64;
        let request = CreateCollection {
            name,
            members,
            note: note.filter(|note| note.chars().count() <= MAX_NOTE),
        };
        let api = self.api()?;
        let created = retry::with_retry(
            async || api.create_collection(&request, key).await,
            ApiError::may_be_retried,
            retry::interactive_delays(),
            on_retry,
        )
        .await
        .map_err(EditError::Api)?;
        self.revision.raise.emit(());
        Ok((created.id, SaveOutcome::stored(added)))
    }

    pub async fn delete_from_browser(
        &self,
        ids: Vec<String>,
    ) -> Result<DeletedCollections, EditError> {
        let delete = LocalEditKind::Edit(CollectionEdit::Delete);
        self.local.edit(&ids, delete).await?;
        Ok(DeletedCollections::Browser(ids))
    }

    /// Deletes collections of the account, all or none, if they are still as they were shown.
    pub async fn delete_from_account(
        &self,
        shown: Vec<ShownCollection>,
    ) -> Result<DeletedCollections, EditError> {
        let (api, batch) = (self.api()?, CollectionBatch { delete: shown });
        let request = async || api.delete_collections(&batch).await;
        let deleted = retry::with_retry_notifying(request, ApiError::is_transient).await;
        let is_stale = deleted
            .as_ref()
            .is_err_and(|error| error.slug() == Some(Slug::PreconditionFailed));
        if is_stale || deleted.is_ok() {
            // The list has changed, through this page or another program.
            self.revision.raise.emit(());
        }
        match deleted {
            Err(_) if is_stale => Err(EditError::Conflict(CollectionDiff::default())),
            deleted => deleted
                .map(|receipt| DeletedCollections::Account(Some(receipt)))
                .map_err(edit_error),
        }
    }

    pub async fn restore(&self, deleted: &DeletedCollections) -> Result<(), EditError> {
        match deleted {
            DeletedCollections::Browser(ids) => {
                self.local.edit(ids, LocalEditKind::Restore).await?;
            }
            DeletedCollections::Account(None) => {}
            DeletedCollections::Account(Some(receipt)) => {
                let (api, key) = (self.api()?, Uuid::new_v4());
                let undo = retry::with_retry_notifying(
                    async || api.undo(*receipt, key).await,
                    ApiError::may_be_retried,
                );
                undo.await.map_err(edit_error)?;
                self.revision.raise.emit(());
            }
        }
        Ok(())
    }

    pub(super) fn api(&self) -> Result<&AuthorisedApi, EditError> {
        self.api.as_ref().ok_or(EditError::Api(ApiError::Expired))
    }
}

#[hook]
pub fn use_collection_actions() -> CollectionActions {
    CollectionActions {
        local: use_local_collections(),
        api: use_session().api,
        revision: use_revision(),
    }
}
