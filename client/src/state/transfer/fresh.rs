//! A fresh plan in place of a stale one: which choices still apply, and what has changed.

use shared::api::{Choices, Plan, PlanItem, SourceAccount};
use std::collections::BTreeMap;

/// The differences between a fresh plan and the stale one, as names of collections. All lists are
/// empty if nothing that the page shows has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanChanges {
    pub new: Vec<String>,
    pub gone: Vec<String>,
    /// Collections with other traits, or with another relation to the account.
    pub different: Vec<String>,
    /// Collections that no longer allow the chosen action and take their default action.
    pub unchosen: Vec<String>,
}

/// The legacy account, the id and the name of a collection. These identify it among the collections
/// of a plan, whatever its position, which its key is made of.
type Identity<'a> = (Option<&'a str>, Option<&'a str>, &'a str);

/// The items of a plan by their identity. Items of equal identity are in stored order.
type Index<'a> = BTreeMap<Identity<'a>, Vec<&'a PlanItem>>;

/// Returns the choices for the plan `new` that the user made for the same collections in the plan
/// `old`, and the differences between the plans.
pub(super) fn carry_over(choices: &Choices, old: &Plan, new: &Plan) -> (Choices, PlanChanges) {
    let (before, after) = (index(old), index(new));
    let mut carried = Choices::new();
    let mut changes = PlanChanges::default();
    for (identity, old_items) in &before {
        let new_items = after.get(identity).map_or(&[][..], Vec::as_slice);
        for (position, old_item) in old_items.iter().enumerate() {
            match new_items.get(position) {
                None => changes.gone.push(old_item.name.clone()),
                Some(new_item) if !is_equal_but_key(old_item, new_item) => {
                    changes.different.push(new_item.name.clone());
                }
                Some(_) => {}
            }
            let Some(action) = choices.get(&old_item.key) else {
                continue;
            };
            match new_items {
                [] => {}
                // The choice must not go to the wrong one of several indistinguishable collections.
                [new_item] if new_item.allowed.contains(action) => {
                    carried.insert(new_item.key.clone(), *action);
                }
                _ => changes.unchosen.push(old_item.name.clone()),
            }
        }
    }
    for (identity, new_items) in &after {
        let old_count = before.get(identity).map_or(0, Vec::len);
        let new = new_items.iter().skip(old_count);
        changes.new.extend(new.map(|item| item.name.clone()));
    }
    (carried, changes)
}

fn index(plan: &Plan) -> Index<'_> {
    let mut index = Index::new();
    for account in &plan.accounts {
        for item in &account.items {
            index.entry(identity(account, item)).or_default().push(item);
        }
    }
    index
}

fn identity<'a>(account: &'a SourceAccount, item: &'a PlanItem) -> Identity<'a> {
    (
        account.legacy_user_id.as_deref(),
        item.source_id.as_deref(),
        &item.name,
    )
}

fn is_equal_but_key(one: &PlanItem, other: &PlanItem) -> bool {
    let with_same_key = PlanItem {
        key: other.key.clone(),
        ..one.clone()
    };
    with_same_key == *other
}
