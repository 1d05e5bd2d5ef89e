//! What the target holds, and will hold: what a source collection is compared with.

use crate::collection::{MembersHash, NameKey};
use crate::legacy::{Member, ReadCollection, StoredList};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The collections of the target, and those that the plan so far brings into it by default.
#[derive(Default)]
pub(super) struct Known<'p> {
    slots: Vec<Slot<'p>>,
    by_id: HashMap<Uuid, usize>,
    by_name: HashMap<NameKey, usize>,
    by_content: HashMap<MembersHash, usize>,
    identical: HashMap<(NameKey, MembersHash), usize>,
    /// Member sets are made when first asked for: most collections share nothing with the target.
    sets: HashMap<usize, HashSet<&'p str>>,
}

/// One collection to be compared with.
#[derive(Clone, Copy)]
pub(super) struct Slot<'p> {
    /// Its id.
    pub(super) id: Uuid,
    /// Its name; of one that is still to come, the one it has in its source.
    pub(super) name: &'p str,
    /// Its place in the target's list; `None` for one that is still to come.
    pub(super) in_target: Option<usize>,
    members: &'p [Member<'p>],
}

/// A place in [`Known`].
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(usize);

impl<'p> Known<'p> {
    /// What the target holds now. Entries that cannot be addressed (no UUID) are compared with by
    /// nobody and stay as they are.
    pub(super) fn of(target: &'p StoredList<'_>) -> Self {
        let mut known = Self::default();
        for (position, entry) in target.entries.iter().enumerate() {
            if let Ok(collection) = &entry.collection
                && let Some(id) = collection.id
            {
                let name = NameKey::of(&collection.name);
                known.add(id, name, collection, Some(position));
            }
        }
        known
    }

    /// Adds a collection under the id and name it has, or will have, in the target. What was there
    /// first is found first.
    pub(super) fn add(
        &mut self,
        id: Uuid,
        name: NameKey,
        collection: &'p ReadCollection<'_>,
        in_target: Option<usize>,
    ) {
        let content = collection.members_hash;
        let place = self.slots.len();
        self.slots.push(Slot {
            id,
            name: &collection.name,
            in_target,
            members: &collection.members,
        });
        self.by_id.entry(id).or_insert(place);
        self.by_content.entry(content).or_insert(place);
        self.identical
            .entry((name.clone(), content))
            .or_insert(place);
        self.by_name.entry(name).or_insert(place);
    }

    /// What lies at a place.
    pub(super) fn slot(&self, place: Place) -> Slot<'p> {
        self.slots[place.0]
    }

    /// The collection with this id.
    pub(super) fn with_id(&self, id: Uuid) -> Option<Place> {
        self.by_id.get(&id).copied().map(Place)
    }

    /// The first collection of this name.
    pub(super) fn with_name(&self, name: &NameKey) -> Option<Place> {
        self.by_name.get(name).copied().map(Place)
    }

    /// The first collection with the members of this one.
    pub(super) fn with_content_of(&self, collection: &ReadCollection<'_>) -> Option<Place> {
        let place = self.by_content.get(&collection.members_hash).copied()?;
        self.has(place, &collection.members).then_some(Place(place))
    }

    /// The first collection with this name and the members of this one.
    pub(super) fn identical(
        &self,
        name: &NameKey,
        collection: &ReadCollection<'_>,
    ) -> Option<Place> {
        let alike = (name.clone(), collection.members_hash);
        let place = self.identical.get(&alike).copied()?;
        self.has(place, &collection.members).then_some(Place(place))
    }

    /// Whether the collection at a place has exactly these members.
    fn has(&self, place: usize, members: &[Member<'_>]) -> bool {
        let mut theirs: Vec<&str> = self.slots[place]
            .members
            .iter()
            .map(AsRef::as_ref)
            .collect();
        let mut ours: Vec<&str> = members.iter().map(AsRef::as_ref).collect();
        theirs.sort_unstable();
        ours.sort_unstable();
        theirs == ours
    }

    /// How many of these members the collection at a place has, and up to `shown` of those it lacks.
    pub(super) fn compare(
        &mut self,
        place: Place,
        members: &[Member<'_>],
        shown: usize,
    ) -> (u64, Vec<String>) {
        let theirs = self.slots[place.0].members;
        let set = self
            .sets
            .entry(place.0)
            .or_insert_with(|| theirs.iter().map(AsRef::as_ref).collect());
        let mut overlap = 0;
        let mut lacks = Vec::new();
        for member in members {
            if set.contains(member.as_ref()) {
                overlap += 1;
            } else if lacks.len() < shown {
                lacks.push(member.text().to_owned());
            }
        }
        (overlap, lacks)
    }
}
