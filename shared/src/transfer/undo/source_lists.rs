//! A source's list while collections return to it.

use super::values::ChangedValue;
use crate::collection::entry_hash;
use crate::legacy::StoredList;
use std::collections::HashMap;

/// The entries of a source before the transfer and now.
pub(super) struct SourceLists<'v> {
    /// The entries before the transfer, by their hashes.
    before: HashMap<String, &'v str>,
    /// The number of times that each entry occurred before the transfer.
    counts_before: HashMap<&'v str, usize>,
    /// The present entries, or `None` if the list cannot be read. Then nothing is added to it.
    current: Option<Vec<&'v str>>,
    /// The number of times that each entry occurs now.
    counts: HashMap<&'v str, usize>,
    is_changed: bool,
}

impl<'v> SourceLists<'v> {
    pub(super) fn read(value: &'v ChangedValue) -> Self {
        let before = StoredList::read(value.before.as_deref()).map(raws);
        let before = before.unwrap_or_default();
        let current = StoredList::read(value.current.as_deref()).ok().map(raws);
        Self {
            counts_before: count(&before),
            counts: count(current.as_deref().unwrap_or_default()),
            before: before.iter().map(|raw| (entry_hash(raw), *raw)).collect(),
            current,
            is_changed: false,
        }
    }

    /// The entry with this hash before the transfer, or `None` if it cannot return to the list.
    pub(super) fn returnable(&self, hash: &str) -> Option<&'v str> {
        let raw = self.before.get(hash)?;
        self.current.is_some().then_some(*raw)
    }

    /// Appends an entry, unless the list has it as often as before the transfer.
    pub(super) fn put_back(&mut self, raw: &'v str) {
        let Some(current) = &mut self.current else {
            return;
        };
        let count = self.counts.entry(raw).or_default();
        if *count < self.counts_before.get(raw).copied().unwrap_or_default() {
            current.push(raw);
            *count += 1;
            self.is_changed = true;
        }
    }

    /// The entries after the undo, or `None` if they are as before it.
    pub(super) fn changed(&self) -> Option<&[&'v str]> {
        self.current.as_deref().filter(|_| self.is_changed)
    }
}

fn raws(list: StoredList<'_>) -> Vec<&str> {
    list.entries.iter().map(|entry| entry.raw).collect()
}

fn count<'v>(entries: &[&'v str]) -> HashMap<&'v str, usize> {
    let mut counts = HashMap::with_capacity(entries.len());
    for entry in entries {
        *counts.entry(*entry).or_default() += 1;
    }
    counts
}
