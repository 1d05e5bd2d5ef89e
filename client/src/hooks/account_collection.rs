//! One collection of the account, with the version it was read at.

use super::fetched::use_fetched;
use super::{Remote, use_session};
use crate::api::{ApiError, AuthorisedApi, Versioned, retry};
use crate::hooks::light::use_state;
use crate::state::editing::{Difference, Edit, EditError};
use crate::state::providers::{Revision, use_revision};
use futures_util::lock::Mutex;
use shared::api::{CollectionDetail, PastChange};
use shared::problem::Slug;
use std::fmt;
use std::rc::Rc;
use uuid::Uuid;
use yew::prelude::*;

type Known = Rc<Versioned<CollectionDetail>>;

/// A collection of the account that can be changed. Clones share what is known of it, so that one change
/// after the other goes by the version that the one before has made.
#[derive(Clone)]
pub struct AccountCollection(Rc<Inner>);

struct Inner {
    api: AuthorisedApi,
    id: Uuid,
    known: Mutex<Known>,
    show: Callback<Known>,
    revision: Revision,
}

impl AccountCollection {
    /// Its id.
    pub(super) fn id(&self) -> Uuid {
        self.0.id
    }

    /// Makes a change and says how many members came with it, or for a deletion which receipt takes it back,
    /// if the answer that names it arrived.
    pub(super) async fn edit(&self, edit: &Edit) -> Result<(u64, Option<Uuid>), EditError> {
        let inner = &*self.0;
        // Held until the answer is there: the next change waits for its version.
        let mut known = inner.known.lock().await;
        let request = match (edit.request(), edit) {
            (Some(request), _) => request,
            (None, Edit::GoBack(number)) => return self.go_back(&mut known, *number).await,
            (None, _) => return self.delete(&mut known).await,
        };
        let answer = retry::insist(
            async || {
                inner
                    .api
                    .patch_collection(inner.id, &known.version, &request)
                    .await
            },
            ApiError::is_passing,
        );
        match answer.await {
            Ok(after) => {
                let before = known.value.summary.num_members;
                let mut next = Versioned::clone(&known);
                edit.make(&mut next.value);
                next.version = after.version;
                let num_members = after.value.num_members;
                next.value.summary = after.value;
                let as_made = next.value.members.len() as u64 == num_members;
                *known = Rc::new(next);
                if as_made {
                    inner.show.emit(known.clone());
                } else {
                    // The server has made something else of it.
                    inner.revision.raise.emit(());
                }
                Ok((num_members.saturating_sub(before), None))
            }
            Err(error) => self.settle(&mut known, edit, error).await,
        }
    }

    /// The last changes, the newest first.
    pub(super) async fn history(&self) -> Result<Vec<PastChange>, EditError> {
        let Inner { api, id, .. } = &*self.0;
        let history = api.history(*id).await.map_err(refusal)?;
        Ok(history.changes)
    }

    async fn go_back(
        &self,
        known: &mut Known,
        number: u32,
    ) -> Result<(u64, Option<Uuid>), EditError> {
        let Inner { api, id, .. } = &*self.0;
        let answer = retry::persist(
            async || api.go_back(*id, &known.version, number).await,
            ApiError::is_passing,
            retry::brief(),
            |_| (),
        );
        if let Err(error) = answer.await {
            return self.settle(known, &Edit::GoBack(number), error).await;
        }
        match api.collection(*id).await {
            Ok(fresh) => {
                *known = Rc::new(fresh);
                self.0.show.emit(known.clone());
            }
            // It is done all the same, and is shown as soon as it can be fetched.
            Err(_) => self.0.revision.raise.emit(()),
        }
        Ok((0, None))
    }

    async fn delete(&self, known: &mut Known) -> Result<(u64, Option<Uuid>), EditError> {
        let Inner { api, id, .. } = &*self.0;
        match delete(api, *id, &known.version).await {
            Ok(receipt) => {
                self.0.revision.raise.emit(());
                Ok((0, receipt))
            }
            Err(error) => self.settle(known, &Edit::Delete, error).await,
        }
    }

    /// What a refused change means. When the version is out of date, the fresh collection is shown.
    async fn settle(
        &self,
        known: &mut Known,
        edit: &Edit,
        error: ApiError,
    ) -> Result<(u64, Option<Uuid>), EditError> {
        if error.slug() != Some(Slug::PreconditionFailed) {
            return Err(refusal(error));
        }
        let fresh = self.0.api.collection(self.0.id).await.map_err(refusal)?;
        let old = std::mem::replace(known, Rc::new(fresh));
        self.0.show.emit(known.clone());
        if edit.is_done_in(&known.value) {
            let added = known.value.summary.num_members;
            return Ok((added.saturating_sub(old.value.summary.num_members), None));
        }
        Err(EditError::Stale(Difference::between(
            &old.value,
            &known.value,
        )))
    }
}

/// Deletes, and asks again after an error that passes. When it is gone by then the first attempt has arrived;
/// only the answer with the receipt's id is lost.
pub(super) async fn delete(
    api: &AuthorisedApi,
    id: Uuid,
    version: &str,
) -> Result<Option<Uuid>, ApiError> {
    let lost = std::cell::Cell::new(false);
    let ask = async || {
        let answer = api.delete_collection(id, version).await;
        if answer.as_ref().is_err_and(ApiError::is_passing) {
            lost.set(true);
        }
        answer
    };
    let answer = retry::insist(ask, ApiError::is_passing);
    match answer.await {
        Ok(receipt) => Ok(Some(receipt)),
        Err(error) if lost.get() && error.slug() == Some(Slug::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(super) fn refusal(error: ApiError) -> EditError {
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

/// One collection of the account, as far as it is known.
#[hook]
pub fn use_account_collection(id: Uuid) -> Remote<Versioned<CollectionDetail>> {
    let (api, revision) = (use_session().api, use_revision().number);
    let key = api.map(|api| (api, id));
    let fetch = async |key: &(AuthorisedApi, Uuid)| key.0.collection(key.1).await;
    use_fetched(key, revision, fetch).data
}

/// The means to change what was fetched, and what has become of it since; `None` when nobody is signed in.
#[hook]
pub fn use_account_editing(
    fetched: &Rc<Versioned<CollectionDetail>>,
) -> Option<(Rc<Versioned<CollectionDetail>>, AccountCollection)> {
    let (api, revision) = (use_session().api, use_revision());
    // Each with what was fetched before it: what is fetched afterwards is newer.
    let shown = use_state(|| (fetched.clone(), fetched.clone()));
    let setter = shown.setter();
    let editing = use_memo((fetched.clone(), api), move |(fetched, api)| {
        let (base, known) = (fetched.clone(), Mutex::new(fetched.clone()));
        let show = Callback::from(move |now| setter.set((base.clone(), now)));
        api.clone().map(|api| {
            AccountCollection(Rc::new(Inner {
                api,
                id: fetched.value.summary.id,
                known,
                show,
                revision,
            }))
        })
    });
    let (base, now) = &*shown;
    let shown = if Rc::ptr_eq(base, fetched) {
        now
    } else {
        fetched
    };
    Option::clone(&editing).map(|editing| (shown.clone(), editing))
}
