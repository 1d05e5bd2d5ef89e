//! The laws of the offer: no collection that is missing from the account goes unoffered.

use super::case::Case;
use crate::api::{EarlierOutcome, PlanItem, Relation};
use crate::collection::NameKey;
use crate::legacy::{ParsedCollection, StoredList};
use crate::transfer::earlier::EarlierResults;
use crate::transfer::plan::read_source;
use crate::transfer::recovery::{recover, suspected_losses};
use crate::transfer::{TransferInput, TransferPlan};
use std::collections::{BTreeMap, BTreeSet};

impl Case {
    /// Checks that before and after the transfer, each collection of a source is in the account or
    /// is offered. Only what the user left behind or deleted stays by default, and it can be
    /// chosen.
    pub fn missing_collections_are_offered(&self) {
        expect_offers(&self.before);
        let mut after = self.after.clone();
        after.earlier = EarlierResults::of(&[self.receipt()]);
        expect_offers(&after);
    }

    /// Checks that no collection is lost when another program writes the account's list as it read
    /// it before the transfer, and that what the transfer moved is offered again.
    pub fn overwritten_collections_are_offered_again(&self) {
        let receipts = [self.receipt()];
        let mut now = self.after.clone();
        now.target.clone_from(&self.before.target);
        now.earlier = EarlierResults::of(&receipts);
        let losses = suspected_losses(&receipts, &now);
        let images = BTreeMap::from([(receipts[0].id, self.changed_values(&now))]);
        recover(&mut now, &losses, &images);
        expect_offers(&now);
        self.sources_are_recovered(&now);
        let plan = TransferPlan::new(&now).expect("a readable target");
        if let Ok(output) = plan.apply(&self.choices_of(&plan)) {
            let again = Self::new_applied(now.clone(), self.choices_of(&plan), output);
            again.other_entries_are_unchanged();
            again.ids_are_unique();
            again.gn_auth_can_read_added_entries();
            again.output_matches_plan();
            again.undo_restores_every_list();
        }
    }

    /// Checks that each collection that a source had is there again, or is in the account.
    fn sources_are_recovered(&self, now: &TransferInput) {
        let target = StoredList::read(now.target.as_deref()).expect("a list");
        let is_in_account = |collection: &ParsedCollection<'_>| {
            let members = members(collection);
            target
                .collections()
                .any(|other| other.id.is_some() && self::members(other).is_superset(&members))
        };
        for source in self
            .before
            .sources
            .iter()
            .filter(|source| source.owner.is_some())
        {
            let Ok(before) = StoredList::read(source.list.as_deref()) else {
                continue;
            };
            let mut sources = now.sources.iter();
            let now = sources.find(|now| now.owner == source.owner);
            let now = StoredList::read(now.and_then(|now| now.list.as_deref())).expect("a list");
            for entry in &before.entries {
                let is_recovered = now.entries.iter().any(|other| other.raw == entry.raw);
                let collection = entry.collection.as_ref();
                assert!(
                    is_recovered || collection.is_ok_and(is_in_account),
                    "{}",
                    entry.raw
                );
            }
        }
    }

    /// Returns the choices of this case that another plan allows.
    fn choices_of(&self, plan: &TransferPlan<'_>) -> crate::api::Choices {
        let items = plan.plan.accounts.iter().flat_map(|account| &account.items);
        let chosen = items.filter_map(|item| Some((item, *self.choices.get(&item.key)?)));
        chosen
            .filter(|(item, action)| item.allowed.contains(action))
            .map(|(item, action)| (item.key.clone(), action))
            .collect()
    }
}

/// Checks the plan of these values.
fn expect_offers(input: &TransferInput) {
    let plan = TransferPlan::new(input).expect("a readable target").plan;
    let target = StoredList::read(input.target.as_deref()).expect("a list");
    let ids: BTreeSet<_> = target.collections().filter_map(|other| other.id).collect();
    // An entry without a UUID cannot be addressed and is not compared.
    let addressed = target.collections().filter(|other| other.id.is_some());
    let mut in_account: Vec<_> = addressed.map(content).collect();
    for (source, account) in input.sources.iter().zip(&plan.accounts) {
        let Ok(list) = read_source(source) else {
            continue;
        };
        for (entry, item) in list.entries.iter().zip(&account.items) {
            let Ok(collection) = &entry.collection else {
                continue;
            };
            let is_in_account = collection.id.is_some_and(|id| ids.contains(&id))
                || in_account.contains(&content(collection));
            if !is_in_account && item.relation != Relation::Empty {
                assert!(is_offered(item), "{item:?}");
            }
            if item.action.transfers() {
                in_account.push(content(collection));
            }
        }
    }
}

fn is_offered(item: &PlanItem) -> bool {
    let stays = item.earlier.is_some_and(EarlierOutcome::stays_by_default);
    item.action.transfers() || stays && item.allowed.iter().any(|action| action.transfers())
}

fn content(collection: &ParsedCollection<'_>) -> (NameKey, BTreeSet<String>) {
    (NameKey::of(&collection.name), members(collection))
}

fn members(collection: &ParsedCollection<'_>) -> BTreeSet<String> {
    let members = collection.members.iter();
    members.map(|member| member.text().to_owned()).collect()
}
