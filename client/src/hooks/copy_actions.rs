//! Copying collections between browser and account, and traits into another collection. Nothing is
//! ever moved.

use super::account_collection::edit_error;
use super::collection_actions::CollectionActions;
use super::transfer::mark_imported;
use crate::api::{ApiError, AuthorisedApi, retry};
use crate::edit::local_edit::LocalEditKind;
use crate::edit::{CollectionDiff, CollectionEdit, EditError, SaveOutcome};
use shared::api::{
    Action, Choices, CollectionDetail, ImportPlanRequest, ImportRequest, LocalCollection,
    PatchCollection, Plan, PlanItem,
};
use shared::problem::Slug;
use uuid::Uuid;

/// The number of attempts for a copy while others keep changing the account.
const MAX_ATTEMPTS: u32 = 5;

/// The result of copying collections.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CopyOutcome {
    pub copied: u64,
    /// Collections that the destination already had.
    pub present: u64,
    /// Collections that the account cannot hold.
    pub skipped: u64,
    /// Members that GeneNetwork cannot show, which the account does not get.
    pub excluded_members: u64,
    /// The collection of the account that has what was copied last, or had it already.
    pub target: Option<Uuid>,
    /// Whether the browser has not stored some of the copies yet.
    pub has_unsaved: bool,
}

impl CopyOutcome {
    /// Counts the actions, each with the id of the collection in the account.
    fn count<'a>(
        items: impl Iterator<Item = (Action, Option<&'a str>)>,
        excluded_members: u64,
    ) -> Self {
        let mut outcome = Self {
            excluded_members,
            ..Self::default()
        };
        for (action, target) in items {
            if action.transfers() || action == Action::AlreadyPresent {
                outcome.target = target.and_then(|id| id.parse().ok());
            }
            if action.transfers() {
                outcome.copied += 1;
            } else if action == Action::AlreadyPresent {
                outcome.present += 1;
            } else {
                outcome.skipped += 1;
            }
        }
        outcome
    }
}

impl CollectionActions {
    /// Imports collections of this browser into the account. A repeated copy finds the collections
    /// already present.
    pub async fn copy_to_account(
        &self,
        collections: Vec<LocalCollection>,
    ) -> Result<CopyOutcome, EditError> {
        let api = self.api()?;
        let mut request = ImportPlanRequest {
            collections: Some(collections),
            source: None,
        };
        for _ in 0..MAX_ATTEMPTS {
            let plan = retry_briefly(async || api.plan_import(&request).await)
                .await
                .map_err(edit_error)?;
            let choices = choices(&plan);
            let excluded = items(&plan).map(|item| item.excluded_members).sum();
            let is_needed = items(&plan).any(|item| item.action.transfers()) || !choices.is_empty();
            let (true, Some(fingerprint)) = (is_needed, plan.fingerprint.clone()) else {
                let items = items(&plan).map(|item| (item.action, item.target_id.as_deref()));
                return Ok(CopyOutcome::count(items, excluded));
            };
            let key = Uuid::new_v4();
            let import = ImportRequest {
                collections: request.collections.take(),
                source: None,
                choices,
            };
            match retry_briefly(async || api.import(&import, &fingerprint, key).await).await {
                Ok(receipt) => {
                    mark_imported(&self.local, &receipt).await;
                    self.revision.raise.emit(());
                    let items = receipt.items.iter();
                    let items = items.map(|item| (item.action, item.target_id.as_deref()));
                    return Ok(CopyOutcome::count(items, excluded));
                }
                Err(error) if error.slug() == Some(Slug::StalePlan) => {
                    request.collections = import.collections;
                }
                Err(error) => return Err(edit_error(error)),
            }
        }
        Err(EditError::Conflict(CollectionDiff::default()))
    }

    /// Copies collections of the account into this browser, except those that it has under the same
    /// name with the same traits. Copies nothing unless all of them can be fetched. In this browser
    /// each collection needs a name, so those without one get the `fallback_name`.
    pub async fn copy_to_browser(
        &self,
        ids: &[Uuid],
        fallback_name: &str,
    ) -> Result<CopyOutcome, EditError> {
        let mut outcome = CopyOutcome::default();
        for detail in self.fetch(ids).await? {
            let CollectionDetail {
                summary,
                members,
                note,
            } = detail;
            let name = match summary.name.trim() {
                "" => fallback_name,
                name => name,
            };
            let is_present =
                self.local.entries.iter().any(|entry| {
                    entry.collection.name == name && entry.collection.members == members
                });
            if is_present {
                outcome.present += 1;
                continue;
            }
            let id = Uuid::new_v4();
            let created = self
                .local
                .create(id, name.to_owned(), members, note)
                .await?;
            outcome.has_unsaved |= !created.is_stored();
            // The account has this collection, so the page does not offer to import it. If this
            // mark is not stored, the collection is offered and then found to be present.
            let imported = LocalEditKind::MarkImported(summary.id);
            let _ = self.local.edit(&[id.to_string()], imported).await;
            outcome.copied += 1;
        }
        Ok(outcome)
    }

    async fn fetch(&self, ids: &[Uuid]) -> Result<Vec<CollectionDetail>, EditError> {
        let api = self.api()?;
        let mut details = Vec::with_capacity(ids.len());
        for id in ids {
            let detail = retry_briefly(async || api.collection(*id).await).await;
            let detail = detail.map_err(edit_error);
            if detail == Err(EditError::Gone) {
                // The list has changed, and a collection that is not in it cannot stay selected.
                self.revision.raise.emit(());
            }
            details.push(detail?.value);
        }
        Ok(details)
    }

    pub async fn add_in_browser(
        &self,
        id: String,
        members: Vec<String>,
    ) -> Result<SaveOutcome, EditError> {
        let add = LocalEditKind::Edit(CollectionEdit::Add(members));
        self.local.edit(&[id], add).await
    }

    /// Adds members to a collection of the account, whatever others change in it in the meantime.
    pub async fn add_in_account(
        &self,
        id: Uuid,
        members: Vec<String>,
    ) -> Result<SaveOutcome, EditError> {
        let api = self.api()?;
        let request = PatchCollection {
            add: members,
            ..PatchCollection::default()
        };
        let mut added = add(api, id, &request).await;
        for _ in 1..MAX_ATTEMPTS {
            match &added {
                Err(error) if error.slug() == Some(Slug::PreconditionFailed) => {
                    added = add(api, id, &request).await;
                }
                _ => break,
            }
        }
        self.revision.raise.emit(());
        added.map(SaveOutcome::stored).map_err(edit_error)
    }
}

async fn add(api: &AuthorisedApi, id: Uuid, request: &PatchCollection) -> Result<u64, ApiError> {
    let current = retry_briefly(async || api.collection(id).await).await?;
    let before = current.value.summary.num_members;
    let patch = retry_briefly(async || api.patch_collection(id, &current.version, request).await);
    Ok(patch.await?.value.num_members.saturating_sub(before))
}

/// Repeats a request a few times only, because the user waits for the result.
async fn retry_briefly<T>(request: impl AsyncFn() -> Result<T, ApiError>) -> Result<T, ApiError> {
    retry::with_retry(
        request,
        ApiError::may_be_retried,
        retry::interactive_delays(),
        |_| (),
    )
    .await
}

fn items(plan: &Plan) -> impl Iterator<Item = &PlanItem> {
    plan.accounts.iter().flat_map(|account| &account.items)
}

/// Chooses to copy also those collections that an import skips by default: empty ones, and those
/// whose name is taken.
fn choices(plan: &Plan) -> Choices {
    items(plan)
        .filter(|item| !item.action.transfers() && item.action != Action::AlreadyPresent)
        .filter_map(|item| {
            let copy = item.allowed.iter().find(|action| action.transfers())?;
            Some((item.key.clone(), *copy))
        })
        .collect()
}
