//! The account's list and the sources' lists while collections return to their sources.

use super::source_lists::SourceLists;
use super::values::{ChangedValue, UndoWrite, ValueLocation};
use crate::api::{Action, ReceiptItem};
use crate::legacy::{StoredList, UnreadableList, content_hash};
use crate::raw_json::join_array;
use std::collections::{BTreeMap, BTreeSet};

/// The lists of an undo. Collections leave the account's list and return to the sources.
pub(super) struct Lists<'v> {
    /// The account's entries, with `None` for those that returned.
    target: Vec<Option<&'v str>>,
    /// The position of each collection in the account's list, by its id and content hash.
    positions: BTreeMap<(String, String), usize>,
    /// The ids in the account's list.
    ids: BTreeSet<String>,
    /// The account's entries before the transfer by id, which a collection that was merged into
    /// becomes again. `None` for an id that several of them have.
    before_by_id: BTreeMap<String, Option<&'v str>>,
    sources: BTreeMap<&'v str, SourceLists<'v>>,
    is_target_changed: bool,
    /// The ids of collections that left the account's list.
    returned: BTreeSet<String>,
    /// The ids of collections that stay, because a part of them cannot return.
    blocked: BTreeSet<String>,
}

impl<'v> Lists<'v> {
    /// Reads the lists.
    ///
    /// # Errors
    /// [`UnreadableList`] when the account's list, now or before, cannot be read.
    pub(super) fn read(values: &'v [ChangedValue]) -> Result<Self, UnreadableList> {
        let target = values
            .iter()
            .find(|value| value.location == ValueLocation::Target);
        let current = StoredList::read(target.and_then(|value| value.current.as_deref()))?;
        let before = StoredList::read(target.and_then(|value| value.before.as_deref()))?;
        let sources = values.iter().filter_map(|value| match &value.location {
            ValueLocation::Source(_, owner) => Some((owner.as_str(), SourceLists::read(value))),
            _ => None,
        });
        let mut before_by_id = BTreeMap::new();
        for (_, id, raw) in identified(&before) {
            before_by_id
                .entry(id)
                .and_modify(|raw| *raw = None)
                .or_insert(Some(raw));
        }
        let positions = identified(&current)
            .filter_map(|(position, id, raw)| Some(((id, content_hash(raw)?), position)));
        Ok(Self {
            positions: positions.collect(),
            ids: identified(&current).map(|(_, id, _)| id).collect(),
            before_by_id,
            target: current
                .entries
                .iter()
                .map(|entry| Some(entry.raw))
                .collect(),
            sources: sources.collect(),
            is_target_changed: false,
            returned: BTreeSet::new(),
            blocked: BTreeSet::new(),
        })
    }

    /// Blocks collections of which only some of the merged parts can return. They return only as a
    /// whole, or members of the other parts would be lost.
    pub(super) fn block_partial_merges(&mut self, items: &[ReceiptItem]) {
        let merged = items.iter().filter(|item| item.action == Action::Merge);
        let blocked = merged.filter(|item| {
            let is_stuck = item.source_owner.is_some() && self.source_entry(item).is_none();
            is_stuck || self.before_merge(item).is_none()
        });
        self.blocked = blocked.filter_map(|item| item.target_id.clone()).collect();
    }

    /// The entry that a collection was before others were merged into it.
    fn before_merge(&self, item: &ReceiptItem) -> Option<&'v str> {
        self.before_by_id.get(item.target_id.as_deref()?).copied()?
    }

    /// Returns one collection to its source if it is unchanged since. Returns whether it could.
    pub(super) fn take_back(&mut self, item: &ReceiptItem) -> bool {
        let id = item.target_id.as_deref();
        let Some(id) = id.filter(|id| !self.blocked.contains(*id)) else {
            return false;
        };
        let key = item.target_hash.clone().map(|hash| (id.to_owned(), hash));
        let position = key.and_then(|key| self.positions.get(&key).copied());
        let is_merge = item.action == Action::Merge;
        // An account without the collection cannot lose it: the source may have it again.
        let is_gone = !is_merge && item.source_owner.is_some() && !self.ids.contains(id);
        if !(position.is_some() || is_gone) || !self.put_back(item) {
            return false;
        }
        if let Some(position) = position {
            // Several may have been merged into one. The second finds it restored already.
            self.target[position] = self.before_merge(item).filter(|_| is_merge);
            self.is_target_changed = true;
        }
        if !is_merge {
            self.returned.insert(id.to_owned());
        }
        true
    }

    /// The source of a collection and its stored entry. `None` if the source cannot take it.
    fn source_entry(&self, item: &ReceiptItem) -> Option<(&'v str, &'v str)> {
        let (owner, source) = self.sources.get_key_value(item.source_owner.as_deref()?)?;
        Some((*owner, source.returnable(item.source_hash.as_deref()?)?))
    }

    /// Returns the stored entry to its source. The browser still has the collections it sent.
    fn put_back(&mut self, item: &ReceiptItem) -> bool {
        if item.source_owner.is_none() {
            return true;
        }
        let Some((owner, raw)) = self.source_entry(item) else {
            return false;
        };
        if let Some(source) = self.sources.get_mut(owner) {
            source.put_back(raw);
        }
        true
    }

    /// The write to a value after collections were taken back.
    pub(super) fn write(&self, value: &ChangedValue) -> UndoWrite {
        let set = |entries: &[&str]| UndoWrite::Set(join_array(entries).into_bytes());
        match &value.location {
            ValueLocation::Target if self.is_target_changed => {
                set(&self.target.iter().flatten().copied().collect::<Vec<_>>())
            }
            ValueLocation::Source(_, owner) => {
                let source = self.sources.get(owner.as_str());
                source
                    .and_then(SourceLists::changed)
                    .map_or(UndoWrite::Keep, set)
            }
            // A flag that others changed since keeps its value.
            ValueLocation::Flag(_) if value.is_unchanged() => value.restore(),
            // The note is in the source again, and would have nothing to belong to.
            ValueLocation::Note(id)
                if value.is_unchanged() && self.returned.contains(&id.to_string()) =>
            {
                value.restore()
            }
            ValueLocation::Target | ValueLocation::Flag(_) | ValueLocation::Note(_) => {
                UndoWrite::Keep
            }
        }
    }
}

/// The position, id and text of each collection in a list.
fn identified<'v>(list: &StoredList<'v>) -> impl Iterator<Item = (usize, String, &'v str)> {
    let entries = list.entries.iter().enumerate();
    entries.filter_map(|(position, entry)| {
        let id = entry.collection.as_ref().ok()?.id?;
        Some((position, id.to_string(), entry.raw))
    })
}
