//! What a plan comes to with the choices made so far.

use crate::text::receipt::Counted;
use shared::api::{Action, Choices, Plan, PlanItem, Receipt};
use std::collections::BTreeSet;

/// Counts of a plan or of a receipt, in collections; `members` in traits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlanCounts {
    /// Go over as they are.
    pub moved: u64,
    /// Go over under a free name.
    pub renamed: u64,
    /// Are merged.
    pub merged: u64,
    /// Are there.
    pub present: u64,
    /// Stay.
    pub skipped: u64,
    /// Cannot be read.
    pub unreadable: u64,
    /// Members that go over.
    pub members: u64,
    /// Several are merged into one collection: what more than one of them brings is counted more than once.
    pub overlapping: bool,
}

/// The action that an item has: the chosen one, else its default.
pub fn action_of(item: &PlanItem, choices: &Choices) -> Action {
    choices.get(&item.key).copied().unwrap_or(item.action)
}

impl PlanCounts {
    /// Counts what `plan` would do with these `choices`.
    pub fn of(plan: &Plan, choices: &Choices) -> Self {
        let mut counts = Self::default();
        let mut merged_into = BTreeSet::new();
        for item in plan.accounts.iter().flat_map(|account| &account.items) {
            let action = action_of(item, choices);
            counts.add(item, action);
            if action == Action::Merge {
                counts.overlapping |= !merged_into.insert(item.target_id.as_deref());
            }
        }
        counts
    }

    fn add(&mut self, item: &PlanItem, action: Action) {
        match action {
            Action::Move => self.moved += 1,
            Action::KeepBoth => self.renamed += 1,
            Action::Merge => self.merged += 1,
            Action::AlreadyPresent => self.present += 1,
            Action::Skip => self.skipped += 1,
            Action::Leave => self.unreadable += 1,
            // Is in no plan.
            Action::Delete => {}
        }
        self.members += match action {
            Action::Move | Action::KeepBoth => item.num_members,
            Action::Merge => item.num_members.saturating_sub(item.overlap),
            Action::AlreadyPresent | Action::Skip | Action::Leave | Action::Delete => 0,
        };
    }

    /// Collections that go over.
    pub fn transferred(&self) -> u64 {
        self.moved + self.renamed + self.merged
    }

    /// Every count that is not nought, in the order they are shown; members only if something goes over.
    pub fn shown(&self) -> Vec<(Counted, u64)> {
        let members = if self.overlapping {
            Counted::MembersAtMost
        } else {
            Counted::Members
        };
        let all = [
            (Counted::Moved, self.moved),
            (Counted::Renamed, self.renamed),
            (Counted::Merged, self.merged),
            (Counted::Present, self.present),
            (Counted::Skipped, self.skipped),
            (Counted::Unreadable, self.unreadable),
            (members, self.members),
        ];
        all.into_iter().filter(|(_, n)| *n > 0).collect()
    }
}

impl From<&Receipt> for PlanCounts {
    fn from(receipt: &Receipt) -> Self {
        Self {
            moved: receipt.moved,
            renamed: receipt.renamed,
            merged: receipt.merged,
            present: receipt.already_present,
            skipped: receipt.skipped,
            unreadable: receipt.unreadable,
            members: receipt.members,
            overlapping: false,
        }
    }
}

/// What an offer says: how many collections would go over by default, and how many members they have.
pub fn offered(plan: &Plan) -> (u64, u64) {
    plan.accounts
        .iter()
        .flat_map(|account| &account.items)
        .filter(|item| item.action.transfers())
        .fold((0, 0), |(items, members), item| {
            (items + 1, members + item.num_members)
        })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use shared::api::{Relation, SourceAccount};

    pub(in super::super) fn item(
        key: &str,
        action: Action,
        num_members: u64,
        overlap: u64,
    ) -> PlanItem {
        PlanItem {
            key: key.to_owned(),
            source_id: None,
            name: key.to_owned(),
            num_members,
            created: None,
            changed: None,
            relation: Relation::New,
            target_id: Some("theirs".to_owned()),
            target_name: None,
            action,
            allowed: vec![Action::Move, Action::KeepBoth, Action::Merge, Action::Skip],
            new_name: None,
            overlap,
            adds: Vec::new(),
            repairs: Vec::new(),
            dropped_members: 0,
            reason: None,
        }
    }

    pub(in super::super) fn plan(items: Vec<PlanItem>) -> Plan {
        let account = SourceAccount {
            legacy_user_id: None,
            email: None,
            full_name: None,
            since: None,
            copied_by_gn_auth: false,
            items,
        };
        Plan {
            offer: true,
            fingerprint: None,
            accounts: vec![account],
        }
    }

    #[test]
    fn counts_defaults_and_choices() {
        let plan = plan(vec![
            item("0:0", Action::Move, 10, 0),
            item("0:1", Action::KeepBoth, 5, 3),
            item("0:2", Action::Skip, 7, 0),
            item("0:3", Action::Leave, 0, 0),
        ]);
        let by_default = PlanCounts::of(&plan, &Choices::new());
        assert_eq!((by_default.transferred(), by_default.members), (2, 15));
        assert_eq!((by_default.skipped, by_default.unreadable), (1, 1));
        assert_eq!(offered(&plan), (2, 15));

        let chosen = Choices::from([
            ("0:1".to_owned(), Action::Merge),
            ("0:0".to_owned(), Action::Skip),
        ]);
        let counts = PlanCounts::of(&plan, &chosen);
        // Merging adds only what is not there yet.
        assert_eq!((counts.merged, counts.moved, counts.members), (1, 0, 2));
        assert!(!counts.overlapping);
    }

    #[test]
    fn several_merges_into_one_collection_are_counted_as_a_limit() {
        let plan = plan(vec![
            item("0:0", Action::Merge, 10, 4),
            item("0:1", Action::Merge, 5, 3),
        ]);
        let counts = PlanCounts::of(&plan, &Choices::new());
        let expected = [(Counted::Merged, 2), (Counted::MembersAtMost, 8)];
        assert_eq!(counts.shown(), expected);
    }

    #[test]
    fn shows_only_what_there_is() {
        let counts = PlanCounts {
            moved: 2,
            members: 9,
            ..PlanCounts::default()
        };
        assert_eq!(counts.shown(), [(Counted::Moved, 2), (Counted::Members, 9)]);
    }
}
