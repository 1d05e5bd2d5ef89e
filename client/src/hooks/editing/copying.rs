//! Copying whole collections between browser and account, and traits into another collection. Nothing is ever moved.

use super::Editing;
use crate::api::{ApiError, AuthorisedApi, retry};
use crate::hooks::Kept;
use crate::hooks::account_collection::refusal;
use crate::hooks::transfer::mark_imported;
use crate::state::editing::EditError;
use crate::text::general::NO_NAME;
use shared::api::{
    Action, Choices, CollectionDetail, ImportPlanRequest, ImportRequest, LocalCollection,
    PatchCollection, Plan, PlanItem,
};
use shared::problem::Slug;
use uuid::Uuid;

/// How often a copy is tried that finds the account changed meanwhile.
const ATTEMPTS: u32 = 5;

/// What has become of collections that were to be copied.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Copied {
    /// Copied now.
    pub copied: u64,
    /// There already, so not copied again.
    pub present: u64,
    /// Left out, because they cannot be in the account.
    pub left: u64,
    /// Whether the browser has not stored some of those copied: then they wait in this page.
    pub waits: bool,
}

impl Editing {
    /// Copies collections of this browser into the account, as an import does: what the account has already is not
    /// copied again, however often it is asked for.
    pub async fn copy_to_account(
        &self,
        collections: Vec<LocalCollection>,
    ) -> Result<Copied, EditError> {
        let api = self.api()?;
        let mut request = ImportPlanRequest {
            collections: Some(collections),
            source: None,
        };
        for _ in 0..ATTEMPTS {
            let plan = persist(async || api.plan_import(&request).await)
                .await
                .map_err(refusal)?;
            let choices = choices(&plan);
            let moves = items(&plan).any(|item| item.action.transfers()) || !choices.is_empty();
            let (true, Some(fingerprint)) = (moves, plan.fingerprint.clone()) else {
                return Ok(count(items(&plan).map(|item| item.action)));
            };
            let key = Uuid::new_v4();
            let import = ImportRequest {
                collections: request.collections.take(),
                source: None,
                choices,
            };
            match persist(async || api.import(&import, &fingerprint, key).await).await {
                Ok(receipt) => {
                    mark_imported(&self.local, &receipt).await;
                    self.revision.raise.emit(());
                    return Ok(count(receipt.items.iter().map(|item| item.action)));
                }
                Err(error) if error.slug() == Some(Slug::StalePlan) => {
                    request.collections = import.collections;
                }
                Err(error) => return Err(refusal(error)),
            }
        }
        Err(EditError::Stale(
            crate::state::editing::Difference::default(),
        ))
    }

    /// Copies collections of the account into this browser. One that is here already under its name and with its
    /// traits is not copied again. What cannot be fetched as a whole is not begun.
    pub async fn copy_here(&self, ids: &[Uuid]) -> Result<Copied, EditError> {
        let mut done = Copied::default();
        for detail in self.fetch(ids).await? {
            let CollectionDetail {
                summary,
                members,
                note,
            } = detail;
            let is_here = self.local.entries.iter().any(|entry| {
                entry.collection.name == named(&summary.name) && entry.collection.members == members
            });
            if is_here {
                done.present += 1;
                continue;
            }
            let id = Uuid::new_v4();
            let name = named(&summary.name);
            let kept = self.local.create_as(id, name, members, note).await?;
            done.waits |= !kept.stored;
            // The account has it: it is no more to be imported than what came from here. If this is not stored, it is
            // offered, and then found there already.
            let _ = self
                .local
                .mark_imported(&[id.to_string()], summary.id)
                .await;
            done.copied += 1;
        }
        Ok(done)
    }

    /// Collections of the account with their members.
    pub async fn fetch(&self, ids: &[Uuid]) -> Result<Vec<CollectionDetail>, EditError> {
        let api = self.api()?;
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            let detail = persist(async || api.collection(*id).await).await;
            let detail = detail.map_err(refusal);
            if detail == Err(EditError::Gone) {
                // The list is another one now, and what is not in it cannot stay selected.
                self.revision.raise.emit(());
            }
            found.push(detail?.value);
        }
        Ok(found)
    }

    /// Adds members to a collection of this browser, and says how many were new if they are stored.
    pub async fn add_here(&self, id: &str, members: Vec<String>) -> Result<Kept, EditError> {
        Ok(self.local.add_members(id, members).await?)
    }

    /// Adds members to a collection of the account, whatever others have changed in it meanwhile, and says how many
    /// were new.
    pub async fn add_in_account(&self, id: Uuid, members: Vec<String>) -> Result<u64, EditError> {
        let api = self.api()?;
        let request = PatchCollection {
            add: members,
            ..PatchCollection::default()
        };
        let mut answer = add(api, id, &request).await;
        for _ in 1..ATTEMPTS {
            match &answer {
                Err(error) if error.slug() == Some(Slug::PreconditionFailed) => {
                    answer = add(api, id, &request).await;
                }
                _ => break,
            }
        }
        self.revision.raise.emit(());
        answer.map_err(refusal)
    }
}

async fn add(api: &AuthorisedApi, id: Uuid, request: &PatchCollection) -> Result<u64, ApiError> {
    let found = persist(async || api.collection(id).await).await?;
    let before = found.value.summary.num_members;
    let patch = persist(async || api.patch_collection(id, &found.version, request).await);
    Ok(patch.await?.value.num_members.saturating_sub(before))
}

/// The name under which a collection of the account is kept here, where every one needs a name.
fn named(name: &str) -> &str {
    match name.trim() {
        "" => NO_NAME,
        name => name,
    }
}

/// Asks a few times, because somebody waits.
async fn persist<T>(ask: impl AsyncFn() -> Result<T, ApiError>) -> Result<T, ApiError> {
    retry::persist(ask, ApiError::may_be_asked_again, retry::brief(), |_| ()).await
}

fn items(plan: &Plan) -> impl Iterator<Item = &PlanItem> {
    plan.accounts.iter().flat_map(|account| &account.items)
}

/// What was asked for by name is copied, also where an import would rather leave it: beside one of the same name, and
/// without traits.
fn choices(plan: &Plan) -> Choices {
    let rests =
        |item: &&PlanItem| !item.action.transfers() && item.action != Action::AlreadyPresent;
    let transfer = |item: &PlanItem| item.allowed.iter().copied().find(|it| it.transfers());
    let mut choices = Choices::new();
    for item in items(plan).filter(rests) {
        if let Some(action) = transfer(item) {
            choices.insert(item.key.clone(), action);
        }
    }
    choices
}

fn count(actions: impl Iterator<Item = Action>) -> Copied {
    let mut counts = Copied::default();
    for action in actions {
        if action.transfers() {
            counts.copied += 1;
        } else if action == Action::AlreadyPresent {
            counts.present += 1;
        } else {
            counts.left += 1;
        }
    }
    counts
}
