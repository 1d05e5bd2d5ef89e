//! How a collection relates to what the target holds or will hold, and what happens to it by default.

use super::planner::Planner;
use crate::api::{Action, Relation};
use crate::collection::NameKey;
use crate::legacy::ReadCollection;
use crate::transfer::known::Place;

impl Planner<'_> {
    /// The relation of a source collection to what the target holds or will hold, and to which of it.
    pub(super) fn relate(
        &self,
        collection: &ReadCollection<'_>,
        name: &NameKey,
        copied: bool,
    ) -> (Relation, Option<Place>) {
        let members = &collection.members;
        let by_id = collection
            .id
            .and_then(|id| self.known.with_id(id))
            .filter(|place| self.known.slot(*place).in_target.is_some());
        if let Some(place) = self.known.identical(name, collection) {
            (Relation::Identical, Some(place))
        } else if members.is_empty() {
            (Relation::Empty, None)
        } else if copied {
            (
                Relation::AlreadyCopied,
                by_id.or_else(|| self.known.with_name(name)),
            )
        } else if by_id.is_some() {
            (Relation::SameId, by_id)
        } else if let Some(place) = self.known.with_name(name) {
            (Relation::SameName, Some(place))
        } else if let Some(place) = self.known.with_content_of(collection) {
            (Relation::SameContent, Some(place))
        } else {
            (Relation::New, None)
        }
    }
}

/// The default action and all allowed ones. A collection that is itself still to come cannot be
/// merged into: whether it comes is for the user to choose.
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
