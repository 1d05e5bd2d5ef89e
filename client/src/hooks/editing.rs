//! Making, changing and deleting collections, wherever they are kept.

mod copying;

use super::account_collection::{AccountCollection, delete, refusal};
use super::{Kept, Local, use_local, use_session};
use crate::api::{ApiError, AuthorisedApi, retry};
use crate::components::new_collection::Keep;
use crate::state::editing::{Difference, Edit, EditError};
use crate::state::providers::{Revision, use_revision};
use crate::storage::StorageError;
use shared::api::{CollectionSummary, CreateCollection, PastChange};
use shared::edit::check::MAX_NOTE;
use shared::formats::FileCollection;
use shared::problem::Slug;
use std::slice;
use uuid::Uuid;
use yew::prelude::*;

pub use copying::Copied;

/// A collection that is open on a page, with the means to change it.
#[derive(Debug, Clone, PartialEq)]
pub enum Open {
    /// In this browser, under this id.
    Browser(Local, String),
    /// In the account.
    Account(AccountCollection),
}

/// What has become of a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Edited {
    /// How many members came with it.
    pub added: u64,
    /// For a deletion: what was deleted.
    pub deleted: Deleted,
    /// Whether it is stored. If not, it waits in this page, which says so.
    pub stored: bool,
}

/// Collections that were deleted, and can be brought back for 30 days.
#[derive(Debug, Clone, PartialEq)]
pub enum Deleted {
    /// From this browser, with these ids.
    Browser(Vec<String>),
    /// From the account, under this receipt, if the answer that names it arrived.
    Account(Option<Uuid>),
}

impl Open {
    /// Its id.
    pub fn id(&self) -> String {
        match self {
            Self::Browser(_, id) => id.clone(),
            Self::Account(collection) => collection.id().to_string(),
        }
    }

    /// Makes a change. When the collection is not what was shown any more, that is shown first, and nothing
    /// is changed.
    pub async fn edit(&self, edit: &Edit) -> Result<Edited, EditError> {
        match self {
            Self::Browser(local, id) => {
                let Kept { added, stored } = edit_local(local, id, edit).await?;
                let deleted = Deleted::Browser(vec![id.clone()]);
                Ok(Edited {
                    added,
                    deleted,
                    stored,
                })
            }
            Self::Account(collection) => {
                let (added, receipt) = collection.edit(edit).await?;
                let deleted = Deleted::Account(receipt);
                Ok(Edited {
                    added,
                    deleted,
                    stored: true,
                })
            }
        }
    }
}

impl Open {
    /// The last changes, the newest first.
    pub async fn history(&self) -> Result<Vec<PastChange>, EditError> {
        match self {
            Self::Browser(local, id) => Ok(local.history(id).await?),
            Self::Account(collection) => collection.history().await,
        }
    }
}

async fn edit_local(local: &Local, id: &str, edit: &Edit) -> Result<Kept, EditError> {
    let answer = match edit {
        Edit::Rename(name) => local.rename(id, name).await,
        Edit::Add(members) => local.add_members(id, members.clone()).await,
        Edit::Remove(members) => local.remove_members(id, members.clone()).await,
        Edit::GoBack(number) => local.go_back(id, *number).await,
        Edit::Delete => local.delete(slice::from_ref(&id.to_owned())).await,
    };
    answer.map_err(|error| match error {
        StorageError::NotFound => EditError::Gone,
        StorageError::Renamed(name) => EditError::Stale(Difference {
            renamed: Some(name),
            ..Difference::default()
        }),
        error => EditError::Storage(error),
    })
}

/// What can be done without opening a collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Editing {
    local: Local,
    api: Option<AuthorisedApi>,
    revision: Revision,
}

impl Editing {
    /// Makes a collection in this browser, and says whether it is stored there already.
    pub async fn create_here(&self, name: &str, members: Vec<String>) -> Result<bool, EditError> {
        Ok(self.local.create(name, members).await?.stored)
    }

    /// Makes a collection in the account. Repeating it with the same key makes no second one; `trouble` hears why it
    /// takes longer.
    pub async fn create_in_account(
        &self,
        request: &CreateCollection,
        key: Uuid,
        trouble: impl Fn(&ApiError),
    ) -> Result<(), EditError> {
        let api = self.api()?;
        let create = retry::persist(
            async || api.create_collection(request, key).await,
            ApiError::may_be_asked_again,
            retry::brief(),
            trouble,
        );
        create.await.map_err(EditError::Api)?;
        self.revision.raise.emit(());
        Ok(())
    }

    /// Makes a collection of what was in a file or came out of others, and says whether it is stored. Repeating it with the
    /// same key makes no second one in the account; `trouble` hears why it takes longer.
    pub async fn create(
        &self,
        keep: Keep,
        collection: &FileCollection,
        key: Uuid,
        trouble: &dyn Fn(&ApiError),
    ) -> Result<bool, EditError> {
        let FileCollection {
            name,
            members,
            note,
            ..
        } = collection.clone();
        match keep {
            Keep::InBrowser => {
                let kept = self.local.create_noted(&name, members, note).await?;
                Ok(kept.stored)
            }
            Keep::InAccount => {
                let note = note.filter(|note| note.chars().count() <= MAX_NOTE);
                let request = CreateCollection {
                    name,
                    members,
                    note,
                };
                self.create_in_account(&request, key, trouble).await?;
                Ok(true)
            }
        }
    }

    /// Deletes collections of this browser.
    pub async fn delete_here(&self, ids: Vec<String>) -> Result<Deleted, EditError> {
        self.local.delete(&ids).await?;
        Ok(Deleted::Browser(ids))
    }

    /// Deletes a collection of the account, if it is still as it was `seen` in the list.
    pub async fn delete_in_account(
        &self,
        id: Uuid,
        is_as_seen: impl Fn(&CollectionSummary) -> bool,
    ) -> Result<Deleted, EditError> {
        let api = self.api()?;
        let found = retry::insist(async || api.collection(id).await, ApiError::is_passing);
        let found = found.await.map_err(refusal);
        let answer = match found {
            Ok(found) if is_as_seen(&found.value.summary) => {
                delete(api, id, &found.version).await.map_err(stale)
            }
            Ok(_) => Err(EditError::Stale(Difference::default())),
            Err(error) => Err(error),
        };
        if !matches!(answer, Err(EditError::Api(_))) {
            // Gone or changed: either way the list is another one now.
            self.revision.raise.emit(());
        }
        answer.map(Deleted::Account)
    }

    /// Brings back what was deleted.
    pub async fn restore(&self, deleted: &Deleted) -> Result<(), EditError> {
        match deleted {
            Deleted::Browser(ids) => drop(self.local.restore(ids).await?),
            Deleted::Account(None) => {}
            Deleted::Account(Some(receipt)) => {
                let (api, key) = (self.api()?, Uuid::new_v4());
                let undo = retry::insist(
                    async || api.undo(*receipt, key).await,
                    ApiError::may_be_asked_again,
                );
                undo.await.map_err(refusal)?;
                self.revision.raise.emit(());
            }
        }
        Ok(())
    }

    fn api(&self) -> Result<&AuthorisedApi, EditError> {
        self.api.as_ref().ok_or(EditError::Api(ApiError::Expired))
    }
}

fn stale(error: ApiError) -> EditError {
    match error.slug() {
        Some(Slug::PreconditionFailed) => EditError::Stale(Difference::default()),
        _ => refusal(error),
    }
}

impl From<StorageError> for EditError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

/// What can be done without opening a collection.
#[hook]
pub fn use_editing() -> Editing {
    Editing {
        local: use_local(),
        api: use_session().api,
        revision: use_revision(),
    }
}
