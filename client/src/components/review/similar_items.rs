//! How many other items of a plan an action could be applied to.

use super::counts::action_of;
use shared::api::{Action, Choices, ItemKind, Plan};
use std::collections::HashMap;

/// The number of items by kind and action: those that allow the action and have another one.
/// Counted once for all items, because a plan may hold thousands.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct SimilarItems(HashMap<(ItemKind, Action), u64>);

impl SimilarItems {
    pub fn of(plan: &Plan, choices: &Choices) -> Self {
        let mut counts = HashMap::new();
        for item in plan.accounts.iter().flat_map(|account| &account.items) {
            let current = action_of(item, choices);
            for action in item.allowed.iter().filter(|action| **action != current) {
                *counts.entry((item.kind(), *action)).or_default() += 1;
            }
        }
        Self(counts)
    }

    /// Returns how many items of this kind allow the action and have another one.
    pub fn count(&self, kind: ItemKind, action: Action) -> u64 {
        self.0.get(&(kind, action)).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::counts::tests::{item, plan};
    use super::*;
    use shared::api::Relation;

    #[test]
    fn items_that_allow_the_action_and_have_another_are_counted() {
        let mut without_merge = item("0:3", Action::Move, 1, 0);
        without_merge.allowed = vec![Action::Move, Action::Skip];
        let mut other_relation = item("0:4", Action::Move, 1, 0);
        other_relation.relation = Relation::SameId;
        let plan = plan(vec![
            item("0:0", Action::Move, 1, 0),
            item("0:1", Action::Move, 1, 0),
            item("0:2", Action::Merge, 1, 0),
            without_merge,
            other_relation,
        ]);
        let count = |choices: Choices| {
            SimilarItems::of(&plan, &choices).count((Relation::New, None), Action::Merge)
        };
        assert_eq!(count(Choices::new()), 2);
        assert_eq!(count(Choices::from([("0:0".to_owned(), Action::Merge)])), 1);
    }
}
