//! The relation of a collection to the target, and the actions that it allows.

use crate::api::{Action, Relation};
use crate::collection::NameKey;
use crate::legacy::ParsedCollection;
use crate::transfer::target_index::{IndexPosition, TargetIndex};

/// Returns the relation of a source collection to the target, and the collection of the index that
/// it relates to. `is_named` says whether gn-auth's record of the address names the source.
///
/// The record's boolean is no evidence: gn-auth toggles it, so that two listings at once leave it
/// false, and sets it before it copies. An id of the source in the target is evidence, because
/// gn-auth copies collections with their ids.
pub(super) fn relate(
    index: &TargetIndex<'_>,
    collection: &ParsedCollection<'_>,
    name: &NameKey,
    is_named: bool,
) -> (Relation, Option<IndexPosition>) {
    let same_id = collection
        .id
        .and_then(|id| index.with_id(id))
        .filter(|position| index.get(*position).target_position.is_some());
    if let Some(position) = index.identical(name, collection) {
        (Relation::Identical, Some(position))
    } else if collection.members.is_empty() {
        (Relation::Empty, None)
    } else if same_id.is_some() {
        let relation = if is_named {
            Relation::AlreadyCopied
        } else {
            Relation::SameId
        };
        (relation, same_id)
    } else if let Some(position) = index.with_name(name) {
        (Relation::SameName, Some(position))
    } else if let Some(position) = index.with_members_of(collection) {
        (Relation::SameContent, Some(position))
    } else {
        (Relation::New, None)
    }
}

/// Returns the default action and all allowed ones.
///
/// A collection that will only join the target cannot be merged into, because the user may choose
/// that it does not join.
pub(super) fn actions(relation: Relation, in_target: bool) -> (Action, Vec<Action>) {
    use Action::{AlreadyPresent, KeepBoth, Leave, Merge, Move, Skip};
    match relation {
        Relation::New | Relation::SameContent => (Move, vec![Move, Skip]),
        Relation::Identical => (AlreadyPresent, vec![AlreadyPresent, KeepBoth, Skip]),
        Relation::SameName | Relation::SameId if in_target => {
            (KeepBoth, vec![KeepBoth, Merge, Skip])
        }
        Relation::SameName | Relation::SameId => (KeepBoth, vec![KeepBoth, Skip]),
        Relation::Empty => (Skip, vec![Skip, Move]),
        Relation::AlreadyCopied => (Skip, vec![Skip, KeepBoth]),
        Relation::Unreadable => (Leave, vec![]),
    }
}

/// Returns the default action and all allowed ones of a collection that stays unless the user
/// chooses otherwise.
pub(super) fn staying(allowed: Vec<Action>) -> (Action, Vec<Action>) {
    let others = allowed.into_iter().filter(|action| *action != Action::Skip);
    (
        Action::Skip,
        std::iter::once(Action::Skip).chain(others).collect(),
    )
}
