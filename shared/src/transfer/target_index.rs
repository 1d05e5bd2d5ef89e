//! The collections of the target and those that will join it, indexed for comparison.

use crate::collection::{MembersHash, NameKey};
use crate::legacy::{Member, ParsedCollection, StoredList};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The collections of the target, and those that the plan so far transfers into it by default.
#[derive(Default)]
pub(super) struct TargetIndex<'p> {
    collections: Vec<IndexedCollection<'p>>,
    by_id: HashMap<Uuid, IndexPosition>,
    by_name: HashMap<NameKey, IndexPosition>,
    by_members: HashMap<MembersHash, IndexPosition>,
    by_name_and_members: HashMap<(NameKey, MembersHash), IndexPosition>,
    /// Member sets, made on demand: most collections share nothing with the target.
    member_sets: HashMap<IndexPosition, HashSet<&'p str>>,
}

#[derive(Clone, Copy)]
pub(super) struct IndexedCollection<'p> {
    pub(super) id: Uuid,
    /// The name in the target, or in the source for a collection that will join the target.
    pub(super) name: &'p str,
    /// The position in the target's list, or `None` for a collection that will join the target.
    pub(super) target_position: Option<usize>,
    members: &'p [Member<'p>],
}

/// The position of a collection in [`TargetIndex`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct IndexPosition(usize);

impl<'p> TargetIndex<'p> {
    /// Indexes the stored target. Entries without a UUID cannot be addressed and are left out.
    pub(super) fn new(target: &'p StoredList<'_>) -> Self {
        let mut index = Self::default();
        for (position, entry) in target.entries.iter().enumerate() {
            if let Ok(collection) = &entry.collection
                && let Some(id) = collection.id
            {
                let name = NameKey::of(&collection.name);
                index.add(id, name, collection, Some(position));
            }
        }
        index
    }

    /// Adds a collection under its id and name in the target. Lookups return the first match added.
    pub(super) fn add(
        &mut self,
        id: Uuid,
        name: NameKey,
        collection: &'p ParsedCollection<'_>,
        target_position: Option<usize>,
    ) {
        let position = IndexPosition(self.collections.len());
        self.collections.push(IndexedCollection {
            id,
            name: &collection.name,
            target_position,
            members: &collection.members,
        });
        let members = collection.members_hash;
        self.by_id.entry(id).or_insert(position);
        self.by_members.entry(members).or_insert(position);
        self.by_name_and_members
            .entry((name.clone(), members))
            .or_insert(position);
        self.by_name.entry(name).or_insert(position);
    }

    pub(super) fn get(&self, position: IndexPosition) -> IndexedCollection<'p> {
        self.collections[position.0]
    }

    pub(super) fn with_id(&self, id: Uuid) -> Option<IndexPosition> {
        self.by_id.get(&id).copied()
    }

    pub(super) fn with_name(&self, name: &NameKey) -> Option<IndexPosition> {
        self.by_name.get(name).copied()
    }

    pub(super) fn with_members_of(
        &self,
        collection: &ParsedCollection<'_>,
    ) -> Option<IndexPosition> {
        let position = *self.by_members.get(&collection.members_hash)?;
        self.has_members(position, &collection.members)
            .then_some(position)
    }

    pub(super) fn identical(
        &self,
        name: &NameKey,
        collection: &ParsedCollection<'_>,
    ) -> Option<IndexPosition> {
        let key = (name.clone(), collection.members_hash);
        let position = *self.by_name_and_members.get(&key)?;
        self.has_members(position, &collection.members)
            .then_some(position)
    }

    /// Whether the collection at a position has exactly these members, in any order.
    fn has_members(&self, position: IndexPosition, members: &[Member<'_>]) -> bool {
        sorted(self.get(position).members) == sorted(members)
    }

    /// Counts the members that the collection at a position has too. Returns the count, and up to
    /// `limit` of the members that it lacks.
    pub(super) fn compare(
        &mut self,
        position: IndexPosition,
        members: &[Member<'_>],
        limit: usize,
    ) -> (u64, Vec<String>) {
        let indexed = self.get(position).members;
        let set = self
            .member_sets
            .entry(position)
            .or_insert_with(|| indexed.iter().map(Member::text).collect());
        let mut overlap = 0;
        let mut missing = Vec::new();
        for member in members.iter().map(Member::text) {
            if set.contains(member) {
                overlap += 1;
            } else if missing.len() < limit {
                missing.push(member.to_owned());
            }
        }
        (overlap, missing)
    }
}

fn sorted<'m>(members: &'m [Member<'_>]) -> Vec<&'m str> {
    let mut texts: Vec<&str> = members.iter().map(Member::text).collect();
    texts.sort_unstable();
    texts
}
