//! The plan: one item for each entry of each source.
//!
//! - [`planner`]: makes the items, one after the other
//! - [`relation`]: how a collection relates to what is there, and what happens by default
//! - [`ids`]: the id that a collection gets

mod ids;
mod planner;
mod relation;

use super::fingerprint;
use super::input::{Source, TransferInput};
use crate::api::{Plan, PlanItem, SourceAccount};
use crate::collection::entry_digest;
use crate::legacy::{StoredList, UnreadableList, flag};
use crate::parallel;
use planner::{Planner, unreadable};
use uuid::Uuid;

/// A plan together with what it was made from, ready to be applied.
pub struct TransferPlan<'a> {
    /// What the user sees.
    pub plan: Plan,
    pub(super) input: &'a TransferInput,
    pub(super) target: StoredList<'a>,
    /// The lists of the sources, parallel to `plan.accounts`; a value that is no list stays as it is.
    pub(super) sources: Vec<Result<StoredList<'a>, UnreadableList>>,
    /// SHA-256 of their entries.
    pub(super) digests: Vec<Vec<[u8; 32]>>,
    /// Parallel to the items of `plan.accounts`.
    pub(super) fates: Vec<Vec<Fate>>,
}

/// Where an item goes if it is transferred.
#[derive(Clone, Copy)]
pub(super) struct Fate {
    /// Its id in the target.
    pub(super) id: Uuid,
    /// The target's entry that it relates to, by its place in the list.
    pub(super) related: Option<usize>,
}

impl<'a> TransferPlan<'a> {
    /// Plans a transfer.
    ///
    /// # Errors
    /// [`UnreadableList`] when the target's own list cannot be read: then nothing may be written to
    /// it. Unreadable sources are no error; they are listed in the plan.
    pub fn new(input: &'a TransferInput) -> Result<Self, UnreadableList> {
        let target = StoredList::read(input.target.as_deref())?;
        let sources: Vec<_> = input
            .sources
            .iter()
            .map(|source| StoredList::read(source.list.as_deref()))
            .collect();
        let digests: Vec<_> = sources
            .iter()
            .map(|list| list.as_ref().map(digests).unwrap_or_default())
            .collect();
        let mut planner = Planner::new(input.owner, &target, &sources);
        let mut accounts = Vec::with_capacity(sources.len());
        let mut fates = Vec::with_capacity(sources.len());
        for (number, (source, list)) in input.sources.iter().zip(&sources).enumerate() {
            let copied = input.target.is_some()
                && source
                    .flag
                    .as_deref()
                    .is_some_and(flag::collections_migrated);
            let (items, item_fates) = match list {
                Ok(list) => planner.items(number, source, list, &digests[number], copied),
                Err(reason) => (
                    vec![unreadable(number.to_string(), reason)],
                    vec![Fate::NONE],
                ),
            };
            accounts.push(account(source, copied, items));
            fates.push(item_fates);
        }
        let offer = accounts
            .iter()
            .flat_map(|account| &account.items)
            .any(|item| item.action.transfers());
        let fingerprint =
            (!accounts.is_empty()).then(|| fingerprint::of(input, &sources, &digests));
        let plan = Plan {
            offer,
            fingerprint,
            accounts,
        };
        Ok(Self {
            plan,
            input,
            target,
            sources,
            digests,
            fates,
        })
    }
}

/// SHA-256 of each entry.
fn digests(list: &StoredList<'_>) -> Vec<[u8; 32]> {
    let bytes = list.entries.iter().map(|entry| entry.raw.len()).sum();
    parallel::map(&list.entries, bytes, |_, entry| entry_digest(entry.raw))
}

impl Fate {
    const NONE: Self = Self {
        id: Uuid::nil(),
        related: None,
    };
}

fn account(source: &Source, copied: bool, items: Vec<PlanItem>) -> SourceAccount {
    SourceAccount {
        legacy_user_id: source.owner.as_ref().map(ToString::to_string),
        email: source.email.clone(),
        full_name: source.full_name.clone(),
        since: items.iter().filter_map(|item| item.created).min(),
        copied_by_gn_auth: copied,
        items,
    }
}
