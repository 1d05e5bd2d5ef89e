//! The plan: one item for each entry of each source.
//!
//! - [`planner`]: makes the items in order
//! - [`relation`]: the decision table from a collection's relation to its default action
//! - [`ids`]: the id of a collection in the target

mod ids;
mod planner;
mod relation;

pub(super) use planner::Placement;

use super::fingerprint;
use super::input::{Source, TransferInput};
use crate::api::{Plan, PlanItem, SourceAccount};
use crate::collection::entry_digest;
use crate::legacy::{ParsedCollection, StoredList, UnreadableList, flag};
use planner::{Planner, unreadable};

/// A plan together with the values it was made from, ready to be applied.
pub struct TransferPlan<'a> {
    /// The plan as the user sees it.
    pub plan: Plan,
    pub(super) input: &'a TransferInput,
    pub(super) target: StoredList<'a>,
    /// The lists of the sources, parallel to `plan.accounts`. An unreadable value stays as it is.
    pub(super) sources: Vec<Result<StoredList<'a>, UnreadableList>>,
    pub(super) digests: Vec<Vec<[u8; 32]>>,
    /// The placements of the items, parallel to the items of `plan.accounts`.
    pub(super) placements: Vec<Vec<Placement>>,
}

impl<'a> TransferPlan<'a> {
    /// Plans a transfer.
    ///
    /// # Errors
    /// [`UnreadableList`] when the target's own list cannot be read. Then nothing may be written to
    /// it. Unreadable sources are no error: the plan lists them.
    pub fn new(input: &'a TransferInput) -> Result<Self, UnreadableList> {
        let target = StoredList::read(input.target.as_deref())?;
        let sources = input.sources.iter();
        let sources: Vec<_> = sources.map(read_source).collect();
        let digests: Vec<_> = sources
            .iter()
            .map(|list| list.as_ref().map(digests).unwrap_or_default())
            .collect();
        let mut planner = Planner::new(input.owner, &input.earlier, &target, &sources);
        let mut accounts = Vec::with_capacity(sources.len());
        let mut placements = Vec::with_capacity(sources.len());
        for (number, (source, list)) in input.sources.iter().zip(&sources).enumerate() {
            let flag = source.flag.as_deref().zip(source.owner.as_ref());
            let is_named = flag.is_some_and(|(record, owner)| flag::names(record, owner));
            let list_read = list.as_ref().ok();
            let copied = is_named && list_read.is_some_and(|list| planner.shares_id(list));
            let (items, item_placements) = match list {
                Ok(list) => planner.items(number, source, list, &digests[number], is_named),
                Err(reason) => (
                    vec![unreadable(number.to_string(), reason)],
                    vec![Placement::NONE],
                ),
            };
            accounts.push(account(source, copied, items));
            placements.push(item_placements);
        }
        let mut items = accounts.iter().flat_map(|account| &account.items);
        let offer = items.any(|item| item.action.transfers());
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
            placements,
        })
    }
}

/// Reads the list of a source. Collections that a browser sent are limited to what a new collection
/// may contain; stored ones are not, because they leave their list.
pub(crate) fn read_source(source: &Source) -> Result<StoredList<'_>, UnreadableList> {
    let mut list = StoredList::read(source.list.as_deref())?;
    if source.owner.is_none() {
        let entries = list.entries.iter_mut();
        let collections = entries.filter_map(|entry| entry.collection.as_mut().ok());
        collections.for_each(ParsedCollection::limit);
    }
    Ok(list)
}

fn digests(list: &StoredList<'_>) -> Vec<[u8; 32]> {
    let entries = list.entries.iter();
    entries.map(|entry| entry_digest(entry.raw)).collect()
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
