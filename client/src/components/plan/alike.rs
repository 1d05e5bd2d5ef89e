//! For "apply to all like this": how many other items an action could be given to.

use super::counts::action_of;
use shared::api::{Action, Choices, Plan, Relation};

/// One more than the last action and the last relation.
const ACTIONS: usize = Action::Delete as usize + 1;
const RELATIONS: usize = Relation::Unreadable as usize + 1;

/// For each relation and action: the items that allow the action and have another one. Counted once for all
/// items, because a plan may hold thousands.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Alike([[u64; ACTIONS]; RELATIONS]);

impl Alike {
    /// Counts the items of a plan with the choices made so far.
    pub fn of(plan: &Plan, choices: &Choices) -> Self {
        let mut counts = Self::default();
        for item in plan.accounts.iter().flat_map(|account| &account.items) {
            let current = action_of(item, choices);
            for action in item.allowed.iter().filter(|action| **action != current) {
                counts.0[item.relation as usize][*action as usize] += 1;
            }
        }
        counts
    }

    /// Items of this relation that could have this action and do not.
    pub fn others(&self, relation: Relation, action: Action) -> u64 {
        self.0[relation as usize][action as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::super::counts::tests::{item, plan};
    use super::*;

    #[test]
    fn counts_those_that_allow_the_action_and_have_another() {
        let mut fixed = item("0:3", Action::Move, 1, 0);
        fixed.allowed = vec![Action::Move, Action::Skip];
        let mut other_kind = item("0:4", Action::Move, 1, 0);
        other_kind.relation = Relation::SameId;
        let plan = plan(vec![
            item("0:0", Action::Move, 1, 0),
            item("0:1", Action::Move, 1, 0),
            item("0:2", Action::Merge, 1, 0),
            fixed,
            other_kind,
        ]);
        let others =
            |choices: Choices| Alike::of(&plan, &choices).others(Relation::New, Action::Merge);
        assert_eq!(others(Choices::new()), 2);
        assert_eq!(
            others(Choices::from([("0:0".to_owned(), Action::Merge)])),
            1
        );
    }
}
