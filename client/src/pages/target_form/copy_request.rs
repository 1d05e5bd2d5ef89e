//! Copies traits into a collection of the browser or the account, or into a new one.

use super::copy_target::CopyTarget;
use crate::hooks::{CollectionActions, EditError, SaveOutcome};
use crate::route::Route;
use crate::state::destination::Destination;
use shared::formats::FileCollection;
use uuid::Uuid;

pub(super) struct CopyRequest {
    pub(super) target: CopyTarget,
    pub(super) members: Vec<String>,
    /// Name of a new collection.
    pub(super) name: String,
    /// Where a new collection is stored.
    pub(super) destination: Destination,
    /// Idempotency key.
    pub(super) key: Uuid,
}

impl CopyRequest {
    /// Returns the page of the collection, and how it was saved.
    pub(super) async fn run(
        self,
        actions: &CollectionActions,
    ) -> Result<(Route, SaveOutcome), EditError> {
        match self.target {
            CopyTarget::Browser(id) => {
                let saved = actions.add_in_browser(id.clone(), self.members).await?;
                Ok((Route::LocalCollection { id }, saved))
            }
            CopyTarget::Account(id) => {
                let saved = actions.add_in_account(id, self.members).await?;
                Ok((Route::AccountCollection { id }, saved))
            }
            CopyTarget::New => {
                let collection = FileCollection {
                    name: self.name,
                    members: self.members,
                    ..FileCollection::default()
                };
                let (id, saved) = actions
                    .create(self.destination, &collection, self.key, &|_| ())
                    .await?;
                let page = match self.destination {
                    Destination::Account => Route::AccountCollection { id },
                    Destination::Browser => Route::LocalCollection { id: id.to_string() },
                };
                Ok((page, saved))
            }
        }
    }
}
