//! A migration or import, from plan to receipt.

use super::{Local, use_local, use_session};
use crate::api::{ApiError, AuthorisedApi, retry};
use crate::browser::task::Task;
use crate::hooks::light::use_effect_with;
use crate::state::providers::{Revision, use_revision};
use crate::state::transfer::fresh::PlanChanges;
use crate::state::transfer::{
    Attempt, Choice, TransferAction, TransferPhase, TransferSource, TransferState,
};
use shared::api::{
    Action, Choices, ImportPlanRequest, ImportRequest, LocalCollection, MigrationRequest,
    NamedSource, Plan, Receipt,
};
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// A transfer and the means to carry it out.
#[derive(Debug, Clone, PartialEq)]
pub struct Transfer {
    /// What would happen.
    pub plan: Option<Rc<Plan>>,
    /// How far it is.
    pub phase: TransferPhase,
    /// The plan replaced one that had gone out of date: what is different. Choices were kept where they still fit.
    pub stale: Option<Rc<PlanChanges>>,
    /// What the user chose; items not named take their default.
    pub choices: Rc<Choices>,
    /// Makes a choice. One that no item allows is passed over.
    pub choose: Callback<Choice>,
    /// Executes the plan.
    pub execute: Callback<()>,
}

/// What is transferred. The collections are those of the plan, whatever happens to them meanwhile.
#[derive(Debug, Clone, PartialEq)]
enum Source {
    Legacy,
    Local(Rc<[LocalCollection]>),
    Session,
}

/// Asks for what GN2 kept for this browser.
pub(super) const OLD_SESSION: ImportPlanRequest = ImportPlanRequest {
    collections: None,
    source: Some(NamedSource::Session),
};

impl Source {
    async fn plan(&self, api: &AuthorisedApi) -> Result<Plan, ApiError> {
        match self {
            Self::Legacy => api.legacy().await,
            Self::Local(collections) => {
                let collections = collections.to_vec();
                let request = ImportPlanRequest {
                    collections: Some(collections),
                    source: None,
                };
                api.plan_import(&request).await
            }
            Self::Session => api.plan_import(&OLD_SESSION).await,
        }
    }

    async fn execute(&self, api: &AuthorisedApi, attempt: &Attempt) -> Result<Receipt, ApiError> {
        let choices = Choices::clone(&attempt.choices);
        let (fingerprint, key) = (&attempt.fingerprint, attempt.key);
        match self {
            Self::Legacy => {
                let request = MigrationRequest { choices };
                api.migrate(&request, fingerprint, key).await
            }
            Self::Local(collections) => {
                let collections = collections.to_vec();
                let request = ImportRequest {
                    collections: Some(collections),
                    source: None,
                    choices,
                };
                api.import(&request, fingerprint, key).await
            }
            Self::Session => {
                let request = ImportRequest {
                    collections: None,
                    source: OLD_SESSION.source,
                    choices,
                };
                api.import(&request, fingerprint, key).await
            }
        }
    }
}

/// A migration or import in the name of the person who is signed in. Planned at once, and again when the
/// collections in this browser change.
#[hook]
pub fn use_transfer(source: TransferSource) -> Transfer {
    let api = use_session().api;
    let local = use_local();
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
            if let (Some(api), Some(source), Some(attempt)) =
                (api.clone(), source.clone(), state.attempt())
            {
                // Before anything else, so that a second click finds it running.
                state.dispatch(TransferAction::Execute);
                let (state, local, revision) =
                    (state.dispatcher(), local.clone(), revision.clone());
                spawn_local(run(api, source, attempt, state, local, revision));
            }
        })
    };
    Transfer {
        plan: state.plan.clone(),
        phase: state.phase.clone(),
        stale: state.stale.clone(),
        choices: state.choices.clone(),
        choose,
        execute,
    }
}

/// The source as it is now; `None` while the browser's database is being read.
#[hook]
fn use_source(source: TransferSource, local: &Local) -> Option<Source> {
    let deps = (source, local.entries.clone(), local.is_loading());
    let source = use_memo(deps, |(source, entries, is_loading)| match source {
        TransferSource::Legacy => Some(Source::Legacy),
        TransferSource::Session => Some(Source::Session),
        TransferSource::Local if *is_loading => None,
        TransferSource::Local => {
            let new = entries.iter().filter(|entry| entry.imported.is_none());
            Some(Source::Local(
                new.map(|entry| entry.collection.clone()).collect(),
            ))
        }
    });
    Option::clone(&source)
}

#[hook]
fn use_plan(
    api: Option<AuthorisedApi>,
    source: Option<Source>,
    state: UseReducerHandle<TransferState>,
) {
    use_effect_with((api, source), move |(api, source)| {
        let planning = api
            .clone()
            .zip(source.clone())
            .filter(|_| !state.is_settled())
            .map(|(api, source)| Task::spawn(plan(api, source, state.dispatcher())));
        move || drop(planning)
    });
}

async fn plan(api: AuthorisedApi, source: Source, state: UseReducerDispatcher<TransferState>) {
    state.dispatch(TransferAction::Plan);
    let failed = |error: &ApiError| {
        state.dispatch(TransferAction::NotPlanned(Rc::new(error.clone())));
    };
    let answer = retry::persist(
        async || source.plan(&api).await,
        ApiError::is_passing,
        retry::endless(),
        failed,
    );
    match answer.await {
        Ok(plan) => state.dispatch(TransferAction::Planned(Rc::new(plan), Uuid::new_v4())),
        Err(error) => failed(&error),
    }
}

/// Not aborted when the page is left: once asked for, a transfer is brought to its end.
async fn run(
    api: AuthorisedApi,
    source: Source,
    attempt: Attempt,
    state: UseReducerDispatcher<TransferState>,
    local: Local,
    revision: Revision,
) {
    let answer = retry::insist(
        async || source.execute(&api, &attempt).await,
        ApiError::may_be_asked_again,
    );
    match answer.await {
        Ok(receipt) => {
            if let Source::Local(_) = source {
                settle_local(&local, &receipt).await;
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

/// Marks what the account has now, and takes what the user left out as "Keep here". A failure is passed
/// over, because the import itself is done: at worst it is offered again, and then is already there.
async fn settle_local(local: &Local, receipt: &Receipt) {
    if mark_imported(local, receipt).await {
        let _ = local.keep_here().await;
    }
}

/// Marks what the account has now, and says whether something was left out.
pub(super) async fn mark_imported(local: &Local, receipt: &Receipt) -> bool {
    let in_account = |action: Action| action.transfers() || action == Action::AlreadyPresent;
    let (imported, left): (Vec<_>, Vec<_>) = receipt
        .items
        .iter()
        .partition(|item| in_account(item.action));
    let ids: Vec<String> = imported
        .into_iter()
        .filter_map(|item| item.source_id.clone())
        .collect();
    let _ = local.mark_imported(&ids, receipt.id).await;
    !left.is_empty()
}
