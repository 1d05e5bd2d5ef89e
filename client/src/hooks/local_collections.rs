//! The collections in this browser.

use crate::browser::clock::now;
use crate::browser::persistence;
use crate::edit::local_edit::{LocalEdit, LocalEditKind};
use crate::edit::{EditError, SaveOutcome};
use crate::state::local::{LocalAction, LocalState};
use crate::storage::error::StorageError;
use crate::storage::local_database::LocalDatabase;
use shared::api::PastChange;
use std::ops::Deref;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The collections in this browser and the means to edit them.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalCollections {
    state: Rc<LocalState>,
    dispatch: UseReducerDispatcher<LocalState>,
    database: LocalDatabase,
}

impl Deref for LocalCollections {
    type Target = LocalState;

    fn deref(&self) -> &LocalState {
        &self.state
    }
}

impl LocalCollections {
    pub(crate) fn new(state: &UseReducerHandle<LocalState>, database: LocalDatabase) -> Self {
        Self {
            // The handle would always show the newest state, and no component could see that it has
            // changed.
            state: Rc::new(LocalState::clone(state)),
            dispatch: state.dispatcher(),
            database,
        }
    }

    /// Creates a collection. After the first one the browser is asked to keep the database.
    pub async fn create(
        &self,
        id: Uuid,
        name: String,
        members: Vec<String>,
        note: Option<String>,
    ) -> Result<SaveOutcome, EditError> {
        let create = LocalEditKind::Create {
            name,
            members,
            note,
        };
        let outcome = self.edit(&[id.to_string()], create).await?;
        if self.entries.is_empty() && outcome.is_stored() {
            let dispatch = self.dispatch.clone();
            // Some browsers ask the user, and the collection is stored whatever the answer is.
            spawn_local(async move {
                let is_persistent = persistence::request().await;
                dispatch.dispatch(LocalAction::Persistence(is_persistent));
            });
        }
        Ok(outcome)
    }

    /// Edits collections and shows the result. An edit that the browser does not store is shown and
    /// waits.
    pub async fn edit(
        &self,
        ids: &[String],
        kind: LocalEditKind,
    ) -> Result<SaveOutcome, EditError> {
        let shown = ids.first().and_then(|id| self.records.get(id));
        let edit = LocalEdit {
            ids: ids.to_vec(),
            kind,
            expected_name: shown.map(|record| record.collection.name.clone()),
            at: now(),
        };
        let result = self.database.apply(edit.clone()).await;
        match &result {
            Ok(outcome) => {
                let action = LocalAction::Edited(edit, outcome.clone());
                self.dispatch.dispatch(action);
            }
            // The message of the other tab may still be under way, and the page must show what that
            // tab has done.
            Err(EditError::Gone | EditError::Conflict(_)) => self.reload().await,
            Err(_) => {}
        }
        result
    }

    /// Returns the last changes of a collection, the newest first, without edits that wait.
    pub async fn history(&self, id: &str) -> Result<Vec<PastChange>, StorageError> {
        self.database.history(id).await
    }

    /// Tries again to store the edits that wait.
    pub async fn store_pending(&self) {
        match self.database.apply_pending().await {
            Ok(()) => {
                self.dispatch.dispatch(LocalAction::PendingStored);
                self.reload().await;
            }
            Err(error) => self.dispatch.dispatch(LocalAction::PendingFailed(error)),
        }
    }

    async fn reload(&self) {
        if let Ok(contents) = self.database.read().await {
            self.dispatch.dispatch(LocalAction::Loaded(contents));
        }
    }
}

/// # Panics
/// Outside of `Providers`.
#[hook]
pub fn use_local_collections() -> LocalCollections {
    use_context().expect("LocalCollections comes from Providers")
}
