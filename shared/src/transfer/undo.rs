//! Taking a transfer back.
//!
//! If every value is still as the transfer left it, all of them are restored byte for byte. Otherwise
//! item by item: what was not touched since goes back, what was touched stays and is reported. Like
//! the planner this is pure: raw values in, raw values out.

use crate::api::{Action, Receipt, ReceiptItem};
use crate::collection::entry_hash;
use crate::ids::LegacyOwner;
use crate::legacy::StoredList;
use crate::legacy::entry::content_hash;
use crate::parallel;
use crate::raw_json::join_array;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Where a changed value lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The list of the account that received.
    Target,
    /// A source's list.
    Source(LegacyOwner),
    /// gn-auth's flag of an address.
    Flag(String),
}

/// A value that the transfer changed.
#[derive(Clone)]
#[cfg_attr(test, derive(Debug))]
pub struct ChangedValue {
    /// Where it lies.
    pub place: Place,
    /// As it was before; `None` if there was none.
    pub before: Option<Vec<u8>>,
    /// Hex SHA-256 of what the transfer wrote; `None` if it removed the value.
    pub after: Option<String>,
    /// As it is now.
    pub current: Option<Vec<u8>>,
}

/// What a value becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Restored {
    /// It stays as it is.
    Keep,
    /// It is set.
    Set(Vec<u8>),
    /// It is removed.
    Remove,
}

/// The values after an undo. Nothing is stored yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// What each value becomes, parallel to the changed values.
    pub values: Vec<Restored>,
    /// What becomes of each collection that was transferred: `move` if it went back, `skip` if it stayed.
    pub items: Vec<ReceiptItem>,
}

/// Why a transfer cannot be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotUndo {
    /// Everything it brought was changed since.
    #[error("every collection was changed since")]
    AllTouched,
    /// The account's list cannot be read.
    #[error("the account's list cannot be read")]
    TargetUnreadable,
}

impl ChangedValue {
    fn is_as_left(&self) -> bool {
        match (
            &self.after,
            self.current.as_deref().map(std::str::from_utf8),
        ) {
            (None, None) => true,
            (Some(after), Some(Ok(current))) => entry_hash(current) == *after,
            _ => false,
        }
    }

    fn restored(&self) -> Restored {
        match &self.before {
            Some(before) => Restored::Set(before.clone()),
            None => Restored::Remove,
        }
    }
}

/// Takes back the transfer that a receipt records.
///
/// # Errors
/// [`CannotUndo`]; nothing is to be stored then.
pub fn undo(receipt: &Receipt, values: &[ChangedValue]) -> Result<Undone, CannotUndo> {
    let transferred = receipt.items.iter().filter(|item| item.action.transfers());
    if values.iter().all(ChangedValue::is_as_left) {
        return Ok(Undone {
            values: values.iter().map(ChangedValue::restored).collect(),
            items: transferred.map(|item| went(receipt, item, true)).collect(),
        });
    }
    let mut lists = Lists::read(values)?;
    lists.block_halves(&receipt.items);
    let items: Vec<ReceiptItem> = transferred
        .map(|item| went(receipt, item, lists.take_back(item)))
        .collect();
    if items.iter().all(|item| item.action == Action::Skip) {
        return Err(CannotUndo::AllTouched);
    }
    let values = values.iter().map(|value| lists.restored(value)).collect();
    Ok(Undone { values, items })
}

/// The receipt's line for one collection: from the account back to where it came from.
fn went(receipt: &Receipt, item: &ReceiptItem, back: bool) -> ReceiptItem {
    ReceiptItem {
        key: item.key.clone(),
        source_owner: Some(receipt.target_owner.to_string()),
        source_id: item.target_id.clone(),
        source_name: item.target_name.clone().unwrap_or_default(),
        action: if back { Action::Move } else { Action::Skip },
        target_id: item.source_id.clone().filter(|_| back),
        target_name: Some(item.source_name.clone()).filter(|_| back),
        num_members: item.num_members,
        repairs: Vec::new(),
        source_hash: item.target_hash.clone(),
        target_hash: item.source_hash.clone().filter(|_| back),
    }
}

/// The lists while collections go back, entry by entry.
struct Lists<'v> {
    /// The account's entries; `None` where one went back.
    target: Vec<Option<&'v str>>,
    /// Place of each collection in the account's list, by its id and the hash of its content.
    places: BTreeMap<(String, String), usize>,
    /// The ids in the account's list.
    ids: BTreeSet<String>,
    /// The account's entries before the transfer, by id: what was merged into becomes that again. `None` for
    /// an id that several of them have.
    before_by_id: BTreeMap<String, Option<&'v str>>,
    sources: BTreeMap<&'v str, SourceLists<'v>>,
    target_changed: bool,
    /// Collections that stay because a part of what was merged into them cannot go back.
    blocked: BTreeSet<String>,
}

struct SourceLists<'v> {
    /// The entries before the transfer, by their hashes: of ten thousand, each is looked for.
    before: HashMap<String, &'v str>,
    /// How often each of them was there.
    counted_before: HashMap<&'v str, usize>,
    /// As it is now; `None` if that cannot be read, and then nothing is put into it.
    now: Option<Vec<&'v str>>,
    /// How often each entry is there now.
    counted: HashMap<&'v str, usize>,
    changed: bool,
}

impl<'v> SourceLists<'v> {
    fn read(value: &'v ChangedValue) -> Self {
        let raws = |list: StoredList<'v>| -> Vec<&'v str> {
            list.entries.iter().map(|entry| entry.raw).collect()
        };
        let before = raws(StoredList::read(value.before.as_deref()).unwrap_or_default());
        let now = StoredList::read(value.current.as_deref()).ok().map(raws);
        let bytes = before.iter().map(|raw| raw.len()).sum();
        let hashes = parallel::map(&before, bytes, |_, raw| entry_hash(raw));
        Self {
            counted_before: count(&before),
            counted: count(now.as_deref().unwrap_or_default()),
            before: hashes.into_iter().zip(before).collect(),
            now,
            changed: false,
        }
    }

    /// Puts an entry behind the others, unless it is there as often as before.
    fn put_back(&mut self, raw: &'v str) {
        let Some(now) = &mut self.now else { return };
        let there = self.counted.entry(raw).or_default();
        if *there < self.counted_before.get(raw).copied().unwrap_or_default() {
            now.push(raw);
            *there += 1;
            self.changed = true;
        }
    }
}

fn count<'v>(entries: &[&'v str]) -> HashMap<&'v str, usize> {
    let mut counted = HashMap::with_capacity(entries.len());
    for entry in entries {
        *counted.entry(*entry).or_default() += 1;
    }
    counted
}

impl<'v> Lists<'v> {
    fn read(values: &'v [ChangedValue]) -> Result<Self, CannotUndo> {
        let target = values.iter().find(|value| value.place == Place::Target);
        let unreadable = |_| CannotUndo::TargetUnreadable;
        let now = StoredList::read(target.and_then(|value| value.current.as_deref()));
        let now = now.map_err(unreadable)?;
        let before = StoredList::read(target.and_then(|value| value.before.as_deref()));
        let before = before.map_err(unreadable)?;
        let sources = values.iter().filter_map(|value| {
            let Place::Source(owner) = &value.place else {
                return None;
            };
            let lists = SourceLists::read(value);
            Some((owner.as_str(), lists))
        });
        let mut before_by_id = BTreeMap::new();
        for (id, raw) in ids(&before) {
            before_by_id
                .entry(id)
                .and_modify(|raw| *raw = None)
                .or_insert(Some(raw));
        }
        let places = now.entries.iter().enumerate().filter_map(|(place, entry)| {
            let id = entry.collection.as_ref().ok()?.id?;
            Some(((id.to_string(), content_hash(entry.raw)?), place))
        });
        Ok(Self {
            places: places.collect(),
            ids: ids(&now).map(|(id, _)| id).collect(),
            before_by_id,
            target: now.entries.iter().map(|entry| Some(entry.raw)).collect(),
            sources: sources.collect(),
            target_changed: false,
            blocked: BTreeSet::new(),
        })
    }

    /// A collection that was merged into goes back only as a whole, or members of the rest would be lost.
    fn block_halves(&mut self, items: &[ReceiptItem]) {
        let merged = items.iter().filter(|item| item.action == Action::Merge);
        let halves = merged.filter(|item| {
            let stuck = item.source_owner.is_some() && self.way_back(item).is_none();
            stuck || self.before_merge(item).is_none()
        });
        self.blocked = halves.filter_map(|item| item.target_id.clone()).collect();
    }

    /// What a collection was before others were merged into it.
    fn before_merge(&self, item: &ReceiptItem) -> Option<&'v str> {
        self.before_by_id.get(item.target_id.as_deref()?).copied()?
    }

    /// Takes one collection back if it was not touched since; says whether it went.
    fn take_back(&mut self, item: &ReceiptItem) -> bool {
        let id = item.target_id.as_deref();
        let Some(id) = id.filter(|id| !self.blocked.contains(*id)) else {
            return false;
        };
        let left_as = item.target_hash.clone().map(|hash| (id.to_owned(), hash));
        let place = left_as.and_then(|left_as| self.places.get(&left_as).copied());
        let merge = item.action == Action::Merge;
        let can_go = match place {
            Some(_) => true,
            // An account that no longer has the collection cannot lose it: the source may have it again.
            None => !merge && item.source_owner.is_some() && !self.ids.contains(id),
        };
        if !can_go || !self.put_back(item) {
            return false;
        }
        if let Some(place) = place {
            // Several may have been merged into one: the second finds it restored already.
            self.target[place] = if merge { self.before_merge(item) } else { None };
            self.target_changed = true;
        }
        true
    }

    /// The stored entry of a collection and the source it came from; `None` if that source cannot take it.
    fn way_back(&self, item: &ReceiptItem) -> Option<(&'v str, &'v str)> {
        let (owner, source) = self.sources.get_key_value(item.source_owner.as_deref()?)?;
        let raw = source.before.get(item.source_hash.as_deref()?)?;
        source.now.is_some().then_some((*owner, *raw))
    }

    /// Puts the stored entry into its source again. What came from the browser is still there.
    fn put_back(&mut self, item: &ReceiptItem) -> bool {
        if item.source_owner.is_none() {
            return true;
        }
        let Some((owner, raw)) = self.way_back(item) else {
            return false;
        };
        if let Some(source) = self.sources.get_mut(owner) {
            source.put_back(raw);
        }
        true
    }

    fn restored(&self, value: &ChangedValue) -> Restored {
        match &value.place {
            Place::Target if self.target_changed => {
                let entries = self.target.iter().flatten();
                Restored::Set(join_array(entries).into_bytes())
            }
            Place::Source(owner) => match self.sources.get(owner.as_str()) {
                Some(SourceLists {
                    now: Some(now),
                    changed: true,
                    ..
                }) => Restored::Set(join_array(now).into_bytes()),
                _ => Restored::Keep,
            },
            // Untouched since, it says again what it said before; what others wrote there stays.
            Place::Flag(_) if value.is_as_left() => value.restored(),
            Place::Target | Place::Flag(_) => Restored::Keep,
        }
    }
}

/// The ids of a list's collections, with their entries.
fn ids<'v>(list: &StoredList<'v>) -> impl Iterator<Item = (String, &'v str)> {
    list.entries.iter().filter_map(|entry| {
        let id = entry.collection.as_ref().ok()?.id?;
        Some((id.to_string(), entry.raw))
    })
}
