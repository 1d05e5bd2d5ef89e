//! The counts of a transfer: of a plan with the choices so far, or of a receipt.

use crate::text::receipt::CountKind;
use shared::api::{Action, Choices, EarlierOutcome, Plan, PlanItem, Receipt};
use std::collections::BTreeSet;

/// Counts of collections by their action, and of members.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TransferCounts {
    pub moved: u64,
    pub renamed: u64,
    pub merged: u64,
    pub present: u64,
    pub skipped: u64,
    pub unreadable: u64,
    /// The members of transferred collections.
    pub members: u64,
    /// Whether several collections are merged into the same one; then `members` counts their common
    /// members more than once.
    pub overlapping: bool,
}

/// Returns the chosen action of an item, or else its default action.
pub fn action_of(item: &PlanItem, choices: &Choices) -> Action {
    choices.get(&item.key).copied().unwrap_or(item.action)
}

impl TransferCounts {
    pub fn of(plan: &Plan, choices: &Choices) -> Self {
        let mut counts = Self::default();
        let mut merge_targets = BTreeSet::new();
        for item in plan.accounts.iter().flat_map(|account| &account.items) {
            let action = action_of(item, choices);
            counts.add(item, action);
            if action == Action::Merge {
                counts.overlapping |= !merge_targets.insert(item.target_id.as_deref());
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
            // No plan holds this action.
            Action::Delete => {}
        }
        self.members += match action {
            Action::Move | Action::KeepBoth => item.num_members,
            Action::Merge => item.num_members.saturating_sub(item.overlap),
            Action::AlreadyPresent | Action::Skip | Action::Leave | Action::Delete => 0,
        };
    }

    /// Returns the number of collections that are transferred.
    pub fn transferred(&self) -> u64 {
        self.moved + self.renamed + self.merged
    }

    /// Returns the counts that are not zero, in the order of the page.
    pub fn non_zero(&self) -> Vec<(CountKind, u64)> {
        let members = if self.overlapping {
            CountKind::MembersAtMost
        } else {
            CountKind::Members
        };
        let counts = [
            (CountKind::Moved, self.moved),
            (CountKind::Renamed, self.renamed),
            (CountKind::Merged, self.merged),
            (CountKind::Present, self.present),
            (CountKind::Skipped, self.skipped),
            (CountKind::Unreadable, self.unreadable),
            (members, self.members),
        ];
        counts.into_iter().filter(|(_, n)| *n > 0).collect()
    }
}

impl From<&Receipt> for TransferCounts {
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

/// Returns how many collections a plan transfers by default, and how many members they have.
pub fn offer_totals(plan: &Plan) -> (u64, u64) {
    plan.accounts
        .iter()
        .flat_map(|account| &account.items)
        .filter(|item| item.action.transfers())
        .fold((0, 0), |(items, members), item| {
            (items + 1, members + item.num_members)
        })
}

/// Returns how many collections of a plan have this earlier outcome.
pub fn earlier_total(plan: &Plan, outcome: EarlierOutcome) -> u64 {
    let items = plan.accounts.iter().flat_map(|account| &account.items);
    items.filter(|item| item.earlier == Some(outcome)).count() as u64
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
            earlier: None,
            target_id: Some("theirs".to_owned()),
            target_name: None,
            action,
            allowed: vec![Action::Move, Action::KeepBoth, Action::Merge, Action::Skip],
            new_name: None,
            overlap,
            adds: Vec::new(),
            repairs: Vec::new(),
            dropped_members: 0,
            unshowable_members: 0,
            excluded_members: 0,
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
    fn default_actions_and_choices_are_counted() {
        let plan = plan(vec![
            item("0:0", Action::Move, 10, 0),
            item("0:1", Action::KeepBoth, 5, 3),
            item("0:2", Action::Skip, 7, 0),
            item("0:3", Action::Leave, 0, 0),
        ]);
        let by_default = TransferCounts::of(&plan, &Choices::new());
        assert_eq!((by_default.transferred(), by_default.members), (2, 15));
        assert_eq!((by_default.skipped, by_default.unreadable), (1, 1));
        assert_eq!(offer_totals(&plan), (2, 15));

        let chosen = Choices::from([
            ("0:1".to_owned(), Action::Merge),
            ("0:0".to_owned(), Action::Skip),
        ]);
        let counts = TransferCounts::of(&plan, &chosen);
        // A merge adds only members that the target does not have.
        assert_eq!((counts.merged, counts.moved, counts.members), (1, 0, 2));
        assert!(!counts.overlapping);
    }

    #[test]
    fn several_merges_into_one_collection_give_an_upper_limit() {
        let plan = plan(vec![
            item("0:0", Action::Merge, 10, 4),
            item("0:1", Action::Merge, 5, 3),
        ]);
        let counts = TransferCounts::of(&plan, &Choices::new());
        let expected = [(CountKind::Merged, 2), (CountKind::MembersAtMost, 8)];
        assert_eq!(counts.non_zero(), expected);
    }

    #[test]
    fn zero_counts_are_left_out() {
        let counts = TransferCounts {
            moved: 2,
            members: 9,
            ..TransferCounts::default()
        };
        assert_eq!(
            counts.non_zero(),
            [(CountKind::Moved, 2), (CountKind::Members, 9)]
        );
    }
}
