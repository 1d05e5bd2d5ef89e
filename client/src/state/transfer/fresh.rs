//! A fresh plan in place of one that had gone out of date: which choices still hold, and what is different.

use shared::api::{Choices, Plan, PlanItem, SourceAccount};
use std::collections::BTreeMap;

/// What a fresh plan says that the one before did not, in names of collections; all of them may be empty when
/// what changed plays no part in what is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanChanges {
    /// Were not there before.
    pub new: Vec<String>,
    /// Are no longer there.
    pub gone: Vec<String>,
    /// Have other traits, or relate to the account in another way.
    pub different: Vec<String>,
    /// Cannot be given the action that was chosen any more, and have their default again.
    pub unchosen: Vec<String>,
}

/// What tells a collection from the others of a plan, whatever its position, which its key is made of: account, id
/// and name.
type Identity<'a> = (Option<&'a str>, Option<&'a str>, &'a str);

/// The items of a plan by their identity. Those that look the same stand in stored order.
type Index<'a> = BTreeMap<Identity<'a>, Vec<&'a PlanItem>>;

/// The choices for the collections of `new` that were made for the same collections of `old`, and what changed.
pub(super) fn carry_over(choices: &Choices, old: &Plan, new: &Plan) -> (Choices, PlanChanges) {
    let (before, after) = (index(old), index(new));
    let mut carried = Choices::new();
    let mut changes = PlanChanges::default();
    let nothing = Vec::new();
    for (identity, was) in &before {
        let is = after.get(identity).unwrap_or(&nothing);
        for (place, item) in was.iter().enumerate() {
            match is.get(place) {
                None => changes.gone.push(item.name.clone()),
                Some(found) if !is_alike(item, found) => changes.different.push(found.name.clone()),
                Some(_) => {}
            }
            let Some(action) = choices.get(&item.key) else {
                continue;
            };
            match is[..] {
                [] => {}
                // Two that look the same cannot be told apart: then the default, rather than a guess.
                [found] if found.allowed.contains(action) => {
                    carried.insert(found.key.clone(), *action);
                }
                _ => changes.unchosen.push(item.name.clone()),
            }
        }
    }
    for (identity, is) in &after {
        let known = before.get(identity).map_or(0, Vec::len);
        let new = is.iter().skip(known);
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

/// Whether the page would say the same of both, which may stand at different places.
fn is_alike(one: &PlanItem, other: &PlanItem) -> bool {
    let moved = PlanItem {
        key: other.key.clone(),
        ..one.clone()
    };
    moved == *other
}
