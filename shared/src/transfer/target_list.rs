//! The target's list while collections are added to it.

use super::plan::Placement;
use crate::api::Action;
use crate::legacy::{Member, ParsedCollection, StoredList, WriteOptions, content_hash};
use crate::raw_json::join_array;
use crate::timestamp::Timestamp;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

/// The target's stored list, the members that its entries gain, and the new entries.
pub(super) struct TargetList<'t> {
    stored: &'t StoredList<'t>,
    now: Timestamp,
    /// The merges by the position of the entry that is merged into.
    merges: BTreeMap<usize, Merge<'t>>,
    added: Vec<String>,
}

#[derive(Default)]
struct Merge<'t> {
    members: HashSet<&'t str>,
    gained: Vec<Member<'t>>,
}

/// The receipt's data about a collection that was written to the target.
pub(super) struct WrittenEntry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) num_members: u64,
    /// The content hash, or `None` while more collections may be merged into the entry.
    pub(super) hash: Option<String>,
}

impl<'t> TargetList<'t> {
    pub(super) fn new(stored: &'t StoredList<'t>, now: Timestamp) -> Self {
        Self {
            stored,
            now,
            merges: BTreeMap::new(),
            added: Vec::new(),
        }
    }

    /// Adds one collection. Returns `None` when the action leaves it in the source.
    pub(super) fn add(
        &mut self,
        placement: Placement,
        action: Action,
        collection: &'t ParsedCollection<'_>,
        new_name: Option<&str>,
    ) -> Option<WrittenEntry> {
        match action {
            Action::Move => Some(self.append(placement, collection, None)),
            Action::KeepBoth => Some(self.append(placement, collection, new_name)),
            Action::Merge => self.merge(placement.related?, collection),
            Action::AlreadyPresent | Action::Skip | Action::Leave | Action::Delete => None,
        }
    }

    fn append(
        &mut self,
        placement: Placement,
        collection: &ParsedCollection<'_>,
        new_name: Option<&str>,
    ) -> WrittenEntry {
        let Placement { id, .. } = placement;
        let now = self.now;
        self.added
            .push(collection.write(WriteOptions { id, new_name, now }));
        WrittenEntry {
            id: id.to_string(),
            name: new_name.unwrap_or(&collection.name).to_owned(),
            num_members: collection.members.len() as u64,
            hash: Some(collection.content_hash_as(new_name, now)),
        }
    }

    fn merge(
        &mut self,
        related: usize,
        collection: &'t ParsedCollection<'_>,
    ) -> Option<WrittenEntry> {
        let existing = self.stored.entries.get(related)?.collection.as_ref().ok()?;
        let merge = self.merges.entry(related).or_insert_with(|| Merge {
            members: existing.members.iter().map(Member::text).collect(),
            gained: Vec::new(),
        });
        let gained_before = merge.gained.len();
        for member in &collection.members {
            if merge.members.insert(member.text()) {
                merge.gained.push(member.clone());
            }
        }
        Some(WrittenEntry {
            id: existing.id.map(|id| id.to_string()).unwrap_or_default(),
            name: existing.name.clone(),
            num_members: (merge.gained.len() - gained_before) as u64,
            hash: None,
        })
    }

    /// The content hash of an entry of the stored list, with the members that it gains.
    pub(super) fn content_hash(&self, position: usize) -> Option<String> {
        content_hash(&self.stored_entry(position))
    }

    /// The list as text: the stored entries, then the new ones.
    pub(super) fn into_json(self) -> String {
        let stored = (0..self.stored.entries.len()).map(|position| self.stored_entry(position));
        let added = self.added.iter().map(|entry| Cow::Borrowed(entry.as_str()));
        join_array(stored.chain(added))
    }

    fn stored_entry(&self, position: usize) -> Cow<'t, str> {
        let entry = &self.stored.entries[position];
        match (self.merges.get(&position), &entry.collection) {
            (Some(merge), Ok(existing)) if !merge.gained.is_empty() => {
                Cow::Owned(existing.write_with_added(&merge.gained, self.now))
            }
            _ => Cow::Borrowed(entry.raw),
        }
    }
}
