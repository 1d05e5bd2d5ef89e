//! Makes the items, one after the other.

use super::Fate;
use super::ids::Ids;
use super::relation::actions;
use crate::api::{Action, PlanItem, Relation};
use crate::collection::NameKey;
use crate::legacy::{ReadCollection, StoredList, UnreadableList};
use crate::transfer::input::Source;
use crate::transfer::known::Known;
use crate::transfer::names::Names;
use std::collections::HashSet;
use uuid::Uuid;

/// How many of the members that a merge adds are named in the plan: enough to tell what they are like. All of
/// them would make the plan as large as the lists.
const ADDS_SHOWN: usize = 5;

/// What the items so far, and the target, leave to the next one.
pub(super) struct Planner<'p> {
    pub(super) known: Known<'p>,
    names: Names,
    ids: Ids,
}

impl<'p> Planner<'p> {
    pub(super) fn new(
        owner: Uuid,
        target: &'p StoredList<'_>,
        sources: &[Result<StoredList<'_>, UnreadableList>],
    ) -> Self {
        let readable = |list: &StoredList<'_>, each: &mut dyn FnMut(&ReadCollection<'_>)| {
            list.entries
                .iter()
                .filter_map(|entry| entry.collection.as_ref().ok())
                .for_each(each);
        };
        let mut names = Names::default();
        let mut target_ids = HashSet::new();
        let mut source_ids = HashSet::new();
        readable(target, &mut |collection| {
            names.take(&collection.name);
            target_ids.extend(collection.id);
        });
        for list in sources.iter().flatten() {
            readable(list, &mut |collection| {
                names.take(&collection.name);
                source_ids.extend(collection.id);
            });
        }
        Self {
            known: Known::of(target),
            names,
            ids: Ids {
                owner,
                in_target: target_ids,
                in_sources: source_ids,
                given: HashSet::new(),
            },
        }
    }

    /// The items of one source.
    pub(super) fn items(
        &mut self,
        number: usize,
        source: &Source,
        list: &'p StoredList<'_>,
        digests: &[[u8; 32]],
        copied: bool,
    ) -> (Vec<PlanItem>, Vec<Fate>) {
        list.entries
            .iter()
            .zip(digests)
            .enumerate()
            .map(|(position, (entry, digest))| {
                let key = format!("{number}:{position}");
                match &entry.collection {
                    Ok(collection) => self.item(key, source, digest, collection, copied),
                    Err(reason) => (unreadable(key, reason), Fate::NONE),
                }
            })
            .unzip()
    }

    fn item(
        &mut self,
        key: String,
        source: &Source,
        digest: &[u8; 32],
        collection: &'p ReadCollection<'_>,
        copied: bool,
    ) -> (PlanItem, Fate) {
        let name = NameKey::of(&collection.name);
        let (relation, place) = self.relate(collection, &name, copied);
        let related = place.and_then(|place| self.known.slot(place).in_target);
        let (action, allowed) = actions(relation, related.is_some());
        let (overlap, mut adds) = place.map_or_else(Default::default, |place| {
            self.known.compare(place, &collection.members, ADDS_SHOWN)
        });
        if !allowed.contains(&Action::Merge) {
            adds.clear();
        }
        let new_name = (allowed.contains(&Action::KeepBoth)
            && self.known.with_name(&name).is_some())
        .then(|| self.names.free(&collection.name));

        let mut repairs = collection.repairs.clone();
        let id = self
            .ids
            .give(&key, source, digest, collection, &mut repairs);
        if action.transfers() {
            let name = new_name.as_deref().map_or(name, NameKey::of);
            self.known.add(id, name, collection, None);
        }
        let theirs = place
            .map(|place| self.known.slot(place))
            .filter(|slot| slot.in_target.is_some());
        let item = PlanItem {
            key,
            source_id: collection.stored_id.clone(),
            name: collection.name.clone(),
            num_members: collection.members.len() as u64,
            created: collection.created,
            changed: collection.changed,
            relation,
            target_id: theirs.map(|slot| slot.id.to_string()),
            target_name: theirs.map(|slot| slot.name.to_owned()),
            action,
            allowed,
            new_name,
            overlap,
            adds,
            repairs,
            dropped_members: collection.dropped_members,
            reason: None,
        };
        (item, Fate { id, related })
    }
}

/// The item of what cannot be read: it stays where it is.
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
        target_id: None,
        target_name: None,
        action,
        allowed,
        new_name: None,
        overlap: 0,
        adds: Vec::new(),
        repairs: Vec::new(),
        dropped_members: 0,
        reason: Some(reason.to_string()),
    }
}
