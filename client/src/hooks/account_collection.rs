//! A collection of the account, with the version it was read at.

use super::fetched::use_fetched;
use super::revision::{Revision, use_revision};
use super::session::use_session;
use crate::api::{ApiError, AuthorisedApi, Versioned, retry};
use crate::edit::{CollectionDiff, CollectionEdit, EditError, SaveOutcome};
use crate::state::remote::Remote;
use futures_util::lock::Mutex;
use shared::api::{CollectionDetail, PastChange};
use shared::problem::Slug;
use std::cell::Cell;
use std::fmt;
use std::rc::Rc;
use uuid::Uuid;
use yew::prelude::*;

pub type VersionedCollection = Rc<Versioned<CollectionDetail>>;

/// A collection of the account that can be edited. Clones share the current version, so each edit
/// is based on the version that the edit before it has made.
#[derive(Clone)]
pub struct AccountCollection(Rc<Inner>);

struct Inner {
    api: AuthorisedApi,
    id: Uuid,
    current: Mutex<VersionedCollection>,
    show: Callback<VersionedCollection>,
    revision: Revision,
}

impl AccountCollection {
    pub(super) fn id(&self) -> Uuid {
        self.0.id
    }

    pub(super) async fn edit(&self, edit: &CollectionEdit) -> Result<SaveOutcome, EditError> {
        // Held until the answer arrives, because the next edit needs the new version.
        let mut current = self.0.current.lock().await;
        match edit {
            CollectionEdit::GoBack(number) => self.go_back(&mut current, *number).await,
            CollectionEdit::Delete => self.delete(&mut current).await,
            _ => self.patch(&mut current, edit).await,
        }
    }

    /// Returns the last changes, the newest first.
    pub(super) async fn history(&self) -> Result<Vec<PastChange>, EditError> {
        let history = self.0.api.history(self.0.id).await.map_err(edit_error)?;
        Ok(history.changes)
    }

    async fn patch(
        &self,
        current: &mut VersionedCollection,
        edit: &CollectionEdit,
    ) -> Result<SaveOutcome, EditError> {
        let Inner { api, id, .. } = &*self.0;
        let request = edit.patch_request().unwrap_or_default();
        let answer = retry::with_retry_notifying(
            async || api.patch_collection(*id, &current.version, &request).await,
            ApiError::is_transient,
        );
        let patched = match answer.await {
            Ok(patched) => patched,
            Err(error) => return self.resolve(current, edit, error).await,
        };
        let before = current.value.summary.num_members;
        let num_members = patched.value.num_members;
        let mut members = current.value.members.clone();
        edit.apply_to_members(&mut members);
        let is_as_expected = members.len() as u64 == num_members;
        *current = Rc::new(Versioned {
            version: patched.version,
            value: CollectionDetail {
                summary: patched.value,
                members,
                note: current.value.note.clone(),
            },
        });
        if is_as_expected {
            self.0.show.emit(current.clone());
        } else {
            // The server has cleaned the members, so the page fetches them.
            self.0.revision.raise.emit(());
        }
        Ok(SaveOutcome::stored(num_members.saturating_sub(before)))
    }

    async fn go_back(
        &self,
        current: &mut VersionedCollection,
        number: u32,
    ) -> Result<SaveOutcome, EditError> {
        let Inner { api, id, .. } = &*self.0;
        let answer = retry::with_retry(
            async || api.go_back(*id, &current.version, number).await,
            ApiError::is_transient,
            retry::interactive_delays(),
            |_| (),
        );
        if let Err(error) = answer.await {
            let edit = CollectionEdit::GoBack(number);
            return self.resolve(current, &edit, error).await;
        }
        match api.collection(*id).await {
            Ok(fresh) => {
                *current = Rc::new(fresh);
                self.0.show.emit(current.clone());
            }
            // The edit is stored, and the page shows it as soon as it can fetch the collection.
            Err(_) => self.0.revision.raise.emit(()),
        }
        Ok(SaveOutcome::default())
    }

    async fn delete(&self, current: &mut VersionedCollection) -> Result<SaveOutcome, EditError> {
        match delete(&self.0.api, self.0.id, &current.version).await {
            Ok(receipt) => {
                self.0.revision.raise.emit(());
                Ok(SaveOutcome {
                    receipt,
                    ..SaveOutcome::default()
                })
            }
            Err(error) => self.resolve(current, &CollectionEdit::Delete, error).await,
        }
    }

    /// Handles a refused edit. If the version is out of date, the page shows the fresh collection.
    async fn resolve(
        &self,
        current: &mut VersionedCollection,
        edit: &CollectionEdit,
        error: ApiError,
    ) -> Result<SaveOutcome, EditError> {
        if error.slug() != Some(Slug::PreconditionFailed) {
            return Err(edit_error(error));
        }
        let fresh = self.0.api.collection(self.0.id).await.map_err(edit_error)?;
        let old = std::mem::replace(current, Rc::new(fresh));
        self.0.show.emit(current.clone());
        if edit.is_applied_to(&current.value) {
            let (before, after) = (&old.value.summary, &current.value.summary);
            let added = after.num_members.saturating_sub(before.num_members);
            return Ok(SaveOutcome::stored(added));
        }
        Err(EditError::Conflict(CollectionDiff::between(
            &old.value,
            &current.value,
        )))
    }
}

/// Deletes a collection, repeats the request after a passing error, and returns the receipt. If the
/// collection is gone when the request is repeated, the first request has deleted it, and only the
/// answer with the receipt was lost.
async fn delete(api: &AuthorisedApi, id: Uuid, version: &str) -> Result<Option<Uuid>, ApiError> {
    let answer_lost = Cell::new(false);
    let request = async || {
        let answer = api.delete_collection(id, version).await;
        if answer.as_ref().is_err_and(ApiError::is_transient) {
            answer_lost.set(true);
        }
        answer
    };
    match retry::with_retry_notifying(request, ApiError::is_transient).await {
        Ok(receipt) => Ok(Some(receipt)),
        Err(error) if answer_lost.get() && error.slug() == Some(Slug::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) fn edit_error(error: ApiError) -> EditError {
    match error.slug() {
        Some(Slug::NotFound) => EditError::Gone,
        _ => EditError::Api(error),
    }
}

impl PartialEq for AccountCollection {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for AccountCollection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AccountCollection")
            .field(&self.0.id)
            .finish()
    }
}

#[hook]
pub fn use_account_collection(id: Uuid) -> Remote<Versioned<CollectionDetail>> {
    let (api, revision) = (use_session().api, use_revision().number);
    let key = api.map(|api| (api, id));
    let fetch = async |key: &(AuthorisedApi, Uuid)| key.0.collection(key.1).await;
    use_fetched(key, revision, fetch).data
}

/// Returns the fetched collection as later edits have left it, and the means to edit it; `None`
/// when nobody is signed in.
#[hook]
pub fn use_account_collection_handle(
    fetched: &VersionedCollection,
) -> Option<(VersionedCollection, AccountCollection)> {
    let (api, revision) = (use_session().api, use_revision());
    // The collection after the last edit, with the fetched collection that it is based on.
    let edited = use_state(|| (fetched.clone(), fetched.clone()));
    let setter = edited.setter();
    let handle = use_memo((fetched.clone(), api), move |(fetched, api)| {
        let base = fetched.clone();
        let show = Callback::from(move |current| setter.set((base.clone(), current)));
        api.clone().map(|api| {
            AccountCollection(Rc::new(Inner {
                api,
                id: fetched.value.summary.id,
                current: Mutex::new(fetched.clone()),
                show,
                revision,
            }))
        })
    });
    let (base, current) = &*edited;
    // A collection that was fetched after the last edit is newer.
    let current = if Rc::ptr_eq(base, fetched) {
        current
    } else {
        fetched
    };
    Option::clone(&handle).map(|handle| (current.clone(), handle))
}
