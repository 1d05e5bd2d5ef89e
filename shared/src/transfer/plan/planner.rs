//! Makes the items of a plan in order.

use super::ids::Ids;
use super::relation::{actions, relate, staying};
use crate::api::{Action, EarlierOutcome, PlanItem, Relation};
use crate::collection::NameKey;
use crate::edit::check::is_showable;
use crate::legacy::{Member, ParsedCollection, StoredList, UnreadableList};
use crate::transfer::earlier::EarlierResults;
use crate::transfer::input::Source;
use crate::transfer::names::Names;
use crate::transfer::target_index::TargetIndex;
use std::collections::HashSet;
use uuid::Uuid;

/// The number of members named in the plan of those that a merge adds. All of them would make the
/// plan as large as the lists.
const MAX_ADDS: usize = 5;

/// The destination of an item if it is transferred.
#[derive(Clone, Copy)]
pub(in crate::transfer) struct Placement {
    pub(in crate::transfer) id: Uuid,
    /// The position of the target's entry that the item relates to.
    pub(in crate::transfer) related: Option<usize>,
}

impl Placement {
    /// The placement of an entry that cannot be transferred.
    pub(super) const NONE: Self = Self {
        id: Uuid::nil(),
        related: None,
    };
}

/// The state that the target and the items so far leave to the next item.
pub(super) struct Planner<'p> {
    earlier: &'p EarlierResults,
    index: TargetIndex<'p>,
    names: Names,
    ids: Ids,
}

impl<'p> Planner<'p> {
    pub(super) fn new(
        owner: Uuid,
        earlier: &'p EarlierResults,
        target: &'p StoredList<'_>,
        sources: &[Result<StoredList<'_>, UnreadableList>],
    ) -> Self {
        let mut names = Names::default();
        let mut in_target = HashSet::new();
        let mut in_sources = HashSet::new();
        for collection in target.collections() {
            names.take(&collection.name);
            in_target.extend(collection.id);
        }
        for collection in sources.iter().flatten().flat_map(StoredList::collections) {
            names.take(&collection.name);
            in_sources.extend(collection.id);
        }
        Self {
            earlier,
            index: TargetIndex::new(target),
            names,
            ids: Ids {
                owner,
                in_target,
                in_sources,
                assigned: HashSet::new(),
            },
        }
    }

    /// Whether the target has the id of at least one collection of the list.
    pub(super) fn shares_id(&self, list: &StoredList<'_>) -> bool {
        let mut ids = list.collections().filter_map(|collection| collection.id);
        ids.any(|id| self.ids.in_target.contains(&id))
    }

    pub(super) fn items(
        &mut self,
        number: usize,
        source: &Source,
        list: &'p StoredList<'_>,
        digests: &[[u8; 32]],
        is_named: bool,
    ) -> (Vec<PlanItem>, Vec<Placement>) {
        list.entries
            .iter()
            .zip(digests)
            .enumerate()
            .map(|(position, (entry, digest))| {
                let key = format!("{number}:{position}");
                match &entry.collection {
                    Ok(collection) => self.item(key, source, digest, collection, is_named),
                    Err(reason) => (unreadable(key, reason), Placement::NONE),
                }
            })
            .unzip()
    }

    fn item(
        &mut self,
        key: String,
        source: &Source,
        digest: &[u8; 32],
        collection: &'p ParsedCollection<'_>,
        is_named: bool,
    ) -> (PlanItem, Placement) {
        let name = NameKey::of(&collection.name);
        let (relation, position) = relate(&self.index, collection, &name, is_named);
        let indexed = position.map(|position| self.index.get(position));
        let existing = indexed.filter(|indexed| indexed.target_position.is_some());
        let (mut action, mut allowed) = actions(relation, existing.is_some());
        let earlier = self
            .earlier
            .outcome(source.owner.as_ref(), digest, collection.id);
        // The account has a collection that would not be transferred anyway.
        let earlier = earlier.filter(|_| action.transfers());
        if earlier.is_some_and(EarlierOutcome::stays_by_default) {
            (action, allowed) = staying(allowed);
        }
        let (overlap, mut adds) = position.map_or_else(Default::default, |position| {
            self.index.compare(position, &collection.members, MAX_ADDS)
        });
        if !allowed.contains(&Action::Merge) {
            adds.clear();
        }
        let is_name_taken = self.index.with_name(&name).is_some();
        let new_name = (allowed.contains(&Action::KeepBoth) && is_name_taken)
            .then(|| self.names.next_free(&collection.name));

        let mut repairs = collection.repairs.clone();
        let id = self
            .ids
            .assign(&key, source, digest, collection, &mut repairs);
        if action.transfers() {
            let name = new_name.as_deref().map_or(name, NameKey::of);
            self.index.add(id, name, collection, None);
        }
        let item = PlanItem {
            key,
            source_id: collection.stored_id.clone(),
            name: collection.name.clone(),
            num_members: collection.members.len() as u64,
            created: collection.created,
            changed: collection.changed,
            relation,
            earlier,
            target_id: existing.map(|existing| existing.id.to_string()),
            target_name: existing.map(|existing| existing.name.to_owned()),
            action,
            allowed,
            new_name,
            overlap,
            adds,
            repairs,
            dropped_members: collection.dropped_members,
            unshowable_members: count_unshowable(&collection.members),
            excluded_members: collection.excluded_members,
            reason: None,
        };
        let related = existing.and_then(|existing| existing.target_position);
        (item, Placement { id, related })
    }
}

fn count_unshowable(members: &[Member<'_>]) -> u64 {
    let unshowable = members.iter().filter(|member| !is_showable(member.text()));
    unshowable.count() as u64
}

/// Makes the item of an unreadable entry, which stays in its source.
pub(super) fn unreadable(key: String, reason: &dyn std::error::Error) -> PlanItem {
    let (action, allowed) = actions(Relation::Unreadable, false);
    PlanItem {
        key,
        source_id: None,
        name: String::new(),
        num_members: 0,
        created: None,
        changed: None,
        relation: Relation::Unreadable,
        earlier: None,
        target_id: None,
        target_name: None,
        action,
        allowed,
        new_name: None,
        overlap: 0,
        adds: Vec::new(),
        repairs: Vec::new(),
        dropped_members: 0,
        unshowable_members: 0,
        excluded_members: 0,
        reason: Some(reason.to_string()),
    }
}
