//! A migration or import, from plan to receipt.

use super::local_collections::{LocalCollections, use_local_collections};
use super::revision::{Revision, use_revision};
use super::session::use_session;
use crate::api::{ApiError, AuthorisedApi, retry};
use crate::browser::task::Task;
use crate::edit::local_edit::LocalEditKind;
use crate::state::transfer::{
    ExecuteRequest, PlanChoice, TransferAction, TransferSource, TransferState,
};
use shared::api::{
    Action, Choices, ImportPlanRequest, ImportRequest, LocalCollection, MigrationRequest,
    NamedSource, Plan, Receipt,
};
use std::ops::Deref;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub struct Transfer {
    state: Rc<TransferState>,
    /// Makes a choice. A choice that no item allows is ignored.
    pub choose: Callback<PlanChoice>,
    pub execute: Callback<()>,
}

impl Deref for Transfer {
    type Target = TransferState;

    fn deref(&self) -> &TransferState {
        &self.state
    }
}

/// The source of a transfer, with the collections that the plan was made from.
#[derive(Debug, Clone, PartialEq)]
enum PlannedSource {
    Legacy,
    Local(Rc<[LocalCollection]>),
    Session,
}

/// The request for the plan of an import from GN2's anonymous session of this browser.
pub(super) const SESSION_PLAN_REQUEST: ImportPlanRequest = ImportPlanRequest {
    collections: None,
    source: Some(NamedSource::Session),
};

impl PlannedSource {
    async fn plan(&self, api: &AuthorisedApi) -> Result<Plan, ApiError> {
        match self {
            Self::Legacy => api.legacy().await,
            Self::Local(collections) => {
                let request = ImportPlanRequest {
                    collections: Some(collections.to_vec()),
                    source: None,
                };
                api.plan_import(&request).await
            }
            Self::Session => api.plan_import(&SESSION_PLAN_REQUEST).await,
        }
    }

    async fn execute(
        &self,
        api: &AuthorisedApi,
        request: &ExecuteRequest,
    ) -> Result<Receipt, ApiError> {
        let choices = Choices::clone(&request.choices);
        let (fingerprint, key) = (&request.fingerprint, request.key);
        let (collections, source) = match self {
            Self::Legacy => {
                let migration = MigrationRequest { choices };
                return api.migrate(&migration, fingerprint, key).await;
            }
            Self::Local(collections) => (Some(collections.to_vec()), None),
            Self::Session => (None, SESSION_PLAN_REQUEST.source),
        };
        let import = ImportRequest {
            collections,
            source,
            choices,
        };
        api.import(&import, fingerprint, key).await
    }
}

/// Plans a migration or import for the person who is signed in, and plans it again when the
/// collections in this browser change.
#[hook]
pub fn use_transfer(source: TransferSource) -> Transfer {
    let api = use_session().api;
    let local = use_local_collections();
    let revision = use_revision();
    let state = use_reducer(|| TransferState::new(Uuid::new_v4()));
    let source = use_source(source, &local);
    use_plan(api.clone(), source.clone(), state.clone());
    let choose = {
        let dispatcher = state.dispatcher();
        use_callback((), move |choice, ()| {
            dispatcher.dispatch(TransferAction::Choose(choice, Uuid::new_v4()));
        })
    };
    let execute = {
        let state = state.clone();
        Callback::from(move |()| {
            if let (Some(api), Some(source), Some(request)) =
                (api.clone(), source.clone(), state.execute_request())
            {
                // Dispatched first, so that a second click does not execute again.
                state.dispatch(TransferAction::Execute);
                let (local, revision) = (local.clone(), revision.clone());
                let run = execute(api, source, request, state.dispatcher(), local, revision);
                // Not aborted when the user leaves the page.
                spawn_local(run);
            }
        })
    };
    Transfer {
        state: Rc::new(TransferState::clone(&state)),
        choose,
        execute,
    }
}

/// Returns the source as it is now; `None` while the browser's database is being read.
#[hook]
fn use_source(source: TransferSource, local: &LocalCollections) -> Option<PlannedSource> {
    let deps = (source, local.entries.clone(), local.is_loading());
    let source = use_memo(deps, |(source, entries, is_loading)| match source {
        TransferSource::Legacy => Some(PlannedSource::Legacy),
        TransferSource::Session => Some(PlannedSource::Session),
        TransferSource::Local if *is_loading => None,
        TransferSource::Local => {
            let new = entries.iter().filter(|entry| entry.imported.is_none());
            let collections = new.map(|entry| entry.collection.clone()).collect();
            Some(PlannedSource::Local(collections))
        }
    });
    Option::clone(&source)
}

#[hook]
fn use_plan(
    api: Option<AuthorisedApi>,
    source: Option<PlannedSource>,
    state: UseReducerHandle<TransferState>,
) {
    use_effect_with((api, source), move |(api, source)| {
        let task = api
            .clone()
            .zip(source.clone())
            .filter(|_| !state.is_settled())
            .map(|(api, source)| Task::spawn(plan(api, source, state.dispatcher())));
        move || drop(task)
    });
}

async fn plan(
    api: AuthorisedApi,
    source: PlannedSource,
    state: UseReducerDispatcher<TransferState>,
) {
    state.dispatch(TransferAction::Plan);
    let failed = |error: &ApiError| {
        state.dispatch(TransferAction::NotPlanned(Rc::new(error.clone())));
    };
    let plan = retry::with_retry(
        async || source.plan(&api).await,
        ApiError::is_transient,
        retry::background_delays(),
        failed,
    );
    match plan.await {
        Ok(plan) => state.dispatch(TransferAction::Planned(Rc::new(plan), Uuid::new_v4())),
        Err(error) => failed(&error),
    }
}

async fn execute(
    api: AuthorisedApi,
    source: PlannedSource,
    request: ExecuteRequest,
    state: UseReducerDispatcher<TransferState>,
    local: LocalCollections,
    revision: Revision,
) {
    let receipt = retry::with_retry_notifying(
        async || source.execute(&api, &request).await,
        ApiError::may_be_retried,
    );
    match receipt.await {
        Ok(receipt) => {
            if let PlannedSource::Local(_) = source {
                let has_skipped = mark_imported(&local, &receipt).await;
                // The page does not offer again what the user has skipped. A failure is ignored,
                // because the import itself is done: at worst the page offers the collections, and
                // the plan finds them present.
                if has_skipped {
                    let _ = local.edit(&[], LocalEditKind::DismissImport).await;
                }
            }
            state.dispatch(TransferAction::Executed(Rc::new(receipt)));
            revision.raise.emit(());
        }
        Err(error) => {
            let error = Rc::new(error);
            state.dispatch(TransferAction::NotExecuted(error, Uuid::new_v4()));
        }
    }
}

/// Marks the collections that the account has now, and returns whether others were skipped.
pub(super) async fn mark_imported(local: &LocalCollections, receipt: &Receipt) -> bool {
    let in_account = |action: Action| action.transfers() || action == Action::AlreadyPresent;
    let (imported, skipped): (Vec<_>, Vec<_>) = receipt
        .items
        .iter()
        .partition(|item| in_account(item.action));
    let ids: Vec<String> = imported
        .into_iter()
        .filter_map(|item| item.source_id.clone())
        .collect();
    let mark = LocalEditKind::MarkImported(receipt.id);
    let _ = local.edit(&ids, mark).await;
    !skipped.is_empty()
}
