//! Finds collections that a transfer moved into the account and that are now in neither the account
//! nor their source, and adds them to the source's list in the plan.
//!
//! gn-auth writes whole lists without a check. If it read the account's list before a transfer and
//! writes it afterwards, the transferred collections are gone. The before-image of the transfer
//! still has them, so they are planned on as if their source still had them. Nothing is stored
//! before the user executes the plan.

use super::earlier::{EntryKey, entry_key};
use super::input::{Recovery, Source, SourceHash, TransferInput};
use super::target_index::TargetIndex;
use super::undo::{ChangedValue, ValueLocation};
use crate::api::{Action, EarlierOutcome, Receipt, ReceiptItem, ReceiptKind};
use crate::collection::{NameKey, entry_hash};
use crate::ids::LegacyOwner;
use crate::legacy::{ParsedCollection, StoredEntry, StoredList, content_hash};
use crate::raw_json::join_array;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// The transferred collections of one source in one transfer that the account may have lost.
pub struct SuspectedLoss {
    /// The receipt of the transfer. Its before-image tells more.
    pub receipt: Uuid,
    suspects: Vec<Suspect>,
    /// The number of collections that the transfer moved from the source and that the user has not
    /// deleted.
    transferred: usize,
}

struct Suspect {
    key: EntryKey,
    target_id: Uuid,
}

/// A collection that is in neither the account nor its source.
struct LostEntry {
    key: EntryKey,
    raw: String,
    outcome: EarlierOutcome,
}

/// Returns the transferred collections that the account does not have under the id that they got,
/// or not as a merge left them. Transfers that can no longer be undone have no before-image.
pub fn suspected_losses(receipts: &[Receipt], input: &TransferInput) -> Vec<SuspectedLoss> {
    let Ok(target) = StoredList::read(input.target.as_deref()) else {
        return Vec::new();
    };
    let by_id = by_id(&target);
    let mut newest_first: Vec<&Receipt> = receipts
        .iter()
        .filter(|receipt| matches!(receipt.kind, ReceiptKind::Migration | ReceiptKind::Import))
        .filter(|receipt| receipt.undoable_until > input.now)
        .collect();
    newest_first.sort_by_key(|receipt| std::cmp::Reverse((receipt.at, receipt.id)));
    let mut seen: HashSet<EntryKey> = HashSet::new();
    let mut losses = Vec::new();
    for receipt in newest_first {
        let mut by_source: BTreeMap<_, SuspectedLoss> = BTreeMap::new();
        let mut keys = Vec::new();
        let stayed = keys_after_undo(receipts, receipt);
        for item in receipt.items.iter().filter(|item| item.action.transfers()) {
            let id = item.target_id.as_deref();
            let id = id.and_then(|id| Uuid::parse_str(id).ok());
            let (Some(key), Some(target_id)) = (entry_key(item), id) else {
                continue;
            };
            let remained = stayed
                .as_ref()
                .is_none_or(|keys| keys.contains(item.key.as_str()));
            if seen.contains(&key) || !remained {
                continue;
            }
            keys.push(key.clone());
            if input.earlier.has_deleted_since(target_id, receipt.at) {
                continue;
            }
            let loss = by_source.entry(key.0.clone()).or_insert(SuspectedLoss {
                receipt: receipt.id,
                suspects: Vec::new(),
                transferred: 0,
            });
            loss.transferred += 1;
            let in_target = by_id.get(&target_id).map_or(&[][..], Vec::as_slice);
            if is_suspect(item, in_target) {
                loss.suspects.push(Suspect { key, target_id });
            }
        }
        seen.extend(keys);
        losses.extend(
            by_source
                .into_values()
                .filter(|loss| !loss.suspects.is_empty()),
        );
    }
    losses
}

/// Returns the keys of the items that stayed in the account when the transfer was undone; `None` if
/// it was not undone.
fn keys_after_undo<'r>(receipts: &'r [Receipt], receipt: &Receipt) -> Option<HashSet<&'r str>> {
    let undone_by = receipt.undone_by?;
    let undo = receipts.iter().find(|undo| undo.id == undone_by);
    let items = undo.into_iter().flat_map(|undo| &undo.items);
    let stayed = items.filter(|item| item.action == Action::Skip);
    Some(stayed.map(|item| item.key.as_str()).collect())
}

fn is_suspect(item: &ReceiptItem, in_target: &[&StoredEntry<'_>]) -> bool {
    let is_merge = item.action == Action::Merge;
    let as_written =
        |entry: &&StoredEntry<'_>| !is_merge || content_hash(entry.raw) == item.target_hash;
    !in_target.iter().any(as_written)
}

/// Adds the lost collections to the lists of their sources, as the before-images have them.
/// `images` has the changed values of the transfers by receipt.
pub fn recover(
    input: &mut TransferInput,
    losses: &[SuspectedLoss],
    images: &BTreeMap<Uuid, Vec<ChangedValue>>,
) {
    for loss in losses {
        if let Some(values) = images.get(&loss.receipt) {
            let lost = lost_entries(input, loss, values);
            add_to_source(input, lost, values);
        }
    }
}

fn lost_entries(
    input: &TransferInput,
    loss: &SuspectedLoss,
    values: &[ChangedValue],
) -> Vec<LostEntry> {
    let Some((owner, _)) = loss.suspects.first().map(|suspect| &suspect.key) else {
        return Vec::new();
    };
    let source = source_value(values, owner).map(|(_, value)| value);
    let mut locations = values.iter();
    let account = locations.find(|value| value.location == ValueLocation::Target);
    let (source_before, target_before) = (list_before(source), list_before(account));
    let Ok(target) = StoredList::read(input.target.as_deref()) else {
        return Vec::new();
    };
    let by_hash: HashMap<String, &StoredEntry<'_>> = source_before
        .entries
        .iter()
        .map(|entry| (entry_hash(entry.raw), entry))
        .collect();
    let (index, ids, ids_before) = (
        TargetIndex::new(&target),
        by_id(&target),
        by_id(&target_before),
    );
    let mut seen = BTreeSet::new();
    let mut missing = Vec::new();
    for suspect in &loss.suspects {
        let Some(entry) = by_hash.get(&suspect.key.1) else {
            continue;
        };
        let Ok(collection) = &entry.collection else {
            continue;
        };
        let is_present = index
            .identical(&NameKey::of(&collection.name), collection)
            .is_some();
        let now = ids.get(&suspect.target_id).map(Vec::as_slice);
        let before = ids_before.get(&suspect.target_id).map(Vec::as_slice);
        let is_merged = now.is_some_and(|now| !was_reset(now, before, collection));
        if !is_present && !is_merged && seen.insert(&suspect.key) {
            missing.push((suspect.key.clone(), entry.raw.to_owned()));
        }
    }
    let outcome = if missing.len() == loss.transferred {
        EarlierOutcome::Overwritten
    } else {
        EarlierOutcome::Removed
    };
    missing
        .into_iter()
        .map(|(key, raw)| LostEntry { key, raw, outcome })
        .collect()
}

/// Reads the list before the transfer.
fn list_before(value: Option<&ChangedValue>) -> StoredList<'_> {
    StoredList::read(value.and_then(|value| value.before.as_deref())).unwrap_or_default()
}

/// Returns the value of the source with this owner, and the hash that has it. The sources of a
/// transfer have different owners.
fn source_value<'v>(
    values: &'v [ChangedValue],
    owner: &LegacyOwner,
) -> Option<(SourceHash, &'v ChangedValue)> {
    values.iter().find_map(|value| match &value.location {
        ValueLocation::Source(hash, source) if source == owner => Some((*hash, value)),
        _ => None,
    })
}

/// Adds the lost entries of one source to its list, unless the list has them or cannot be read.
/// A source that is no longer proven to be the user's, because the address of the legacy account
/// changed, a claim was withdrawn, or the anonymous session has ended, may have a list of somebody
/// else by now. The plan must not show that, so then only the undo of the receipt restores them.
fn add_to_source(input: &mut TransferInput, mut lost: Vec<LostEntry>, values: &[ChangedValue]) {
    let Some(owner) = lost.first().map(|entry| entry.key.0.clone()) else {
        return;
    };
    let mut sources = input.sources.iter();
    let position = sources.position(|source| source.owner.as_ref() == Some(&owner));
    let value = source_value(values, &owner).map(|(_, value)| value);
    if position.is_none() && value.is_some_and(|value| value.current.is_some()) {
        return;
    }
    let position = position.unwrap_or_else(|| {
        let hash = source_value(values, &owner).map(|(hash, _)| hash);
        input.sources.push(Source {
            owner: Some(owner),
            hash: hash.unwrap_or_default(),
            ..Source::default()
        });
        input.sources.len() - 1
    });
    let source = &mut input.sources[position];
    let Ok(read) = StoredList::read(source.list.as_deref()) else {
        return;
    };
    let entries: HashSet<&str> = read.entries.iter().map(|entry| entry.raw).collect();
    lost.retain(|entry| !entries.contains(entry.raw.as_str()));
    if lost.is_empty() {
        return;
    }
    let raws = read.entries.iter().map(|entry| entry.raw);
    let raws = raws.chain(lost.iter().map(|entry| entry.raw.as_str()));
    let with_lost = join_array(raws).into_bytes();
    let stored = source.list.replace(with_lost);
    source.recovery.get_or_insert(Recovery { stored });
    for LostEntry { key, outcome, .. } in lost {
        input.earlier.add_lost(key, outcome);
    }
}

/// Returns the readable collections of a list by their ids.
fn by_id<'l, 'a>(list: &'l StoredList<'a>) -> HashMap<Uuid, Vec<&'l StoredEntry<'a>>> {
    let mut by_id: HashMap<Uuid, Vec<&StoredEntry<'a>>> = HashMap::new();
    for entry in &list.entries {
        if let Ok(ParsedCollection { id: Some(id), .. }) = entry.collection {
            by_id.entry(id).or_default().push(entry);
        }
    }
    by_id
}

/// Whether a collection that another one was merged into is again as it was before the merge, and
/// lacks members of the other one. If it is neither, the user or another program has changed it.
/// gn-auth reorders members.
fn was_reset(
    now: &[&StoredEntry<'_>],
    before: Option<&[&StoredEntry<'_>]>,
    merged: &ParsedCollection<'_>,
) -> bool {
    let content = |entry: &&StoredEntry<'_>| {
        let collection = entry.collection.as_ref().ok();
        collection.map(|collection| (collection.changed, members(collection)))
    };
    let now: Vec<_> = now.iter().map(content).collect();
    let before: Vec<_> = before.unwrap_or_default().iter().map(content).collect();
    let merged = members(merged);
    let has_all = |(_, members): &(_, BTreeSet<String>)| merged.is_subset(members);
    now == before && !now.iter().flatten().any(has_all)
}

fn members(collection: &ParsedCollection<'_>) -> BTreeSet<String> {
    let members = collection.members.iter();
    members.map(|member| member.text().to_owned()).collect()
}
