//! Turns a plan and the user's choices into the values to store.

use super::plan::TransferPlan;
use super::target_list::{TargetList, WrittenEntry};
use crate::api::{Action, Choices, PlanItem, ReceiptItem};
use crate::collection::hex;
use crate::legacy::ParsedCollection;
use crate::notes::{NoteWrite, notes_in_entries};
use crate::raw_json::join_array;
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

/// The values after a transfer. Nothing is stored yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferOutput {
    /// The target's list. Its old entries come first, unchanged byte for byte unless merged into.
    pub target: String,
    /// The writes to the sources' lists, parallel to the sources.
    pub sources: Vec<SourceWrite>,
    /// The receipt items of all source entries, in plan order.
    pub items: Vec<ReceiptItem>,
    /// The notes to store beside the target's list: those in its entries, and those of collections
    /// that join it. At most one for each collection.
    pub notes: Vec<NoteWrite>,
}

/// The write to a source's stored list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceWrite {
    /// No entry leaves the list.
    Unchanged,
    /// Every entry leaves the list: the hash field is removed.
    Remove,
    /// The list of the entries that stay, each unchanged byte for byte.
    Set(String),
}

/// A choice that the plan does not offer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidChoice {
    /// No item has this key.
    #[error("the plan has no item {key:?}")]
    UnknownKey {
        /// The key as sent.
        key: String,
    },
    /// The action is not among those allowed for the item.
    #[error("this is not allowed for item {key:?}")]
    NotAllowed {
        /// The item's key.
        key: String,
    },
    /// The choices transfer nothing.
    #[error("no collection is chosen to be transferred")]
    NothingChosen,
}

impl InvalidChoice {
    /// The path of the invalid value in the request body.
    pub fn path(&self) -> String {
        match self {
            Self::UnknownKey { key } | Self::NotAllowed { key } => format!("choices.{key}"),
            Self::NothingChosen => "choices".to_owned(),
        }
    }
}

impl TransferPlan<'_> {
    /// Applies the plan with these choices. Items without a choice take their default action.
    ///
    /// # Errors
    /// Every [`InvalidChoice`]. Nothing may be stored then.
    pub fn apply(&self, choices: &Choices) -> Result<TransferOutput, Vec<InvalidChoice>> {
        self.check(choices)?;
        let mut target = TargetList::new(&self.target, self.input.now);
        let mut items = Vec::new();
        let mut notes = notes_in_entries(&self.target, &[]);
        // The merged items by number, each with the position of the entry that it is merged into.
        let mut merges = Vec::new();
        let mut sources = Vec::with_capacity(self.sources.len());
        for (number, list) in self.sources.iter().enumerate() {
            let account = &self.plan.accounts[number];
            let mut staying = Vec::new();
            for (position, item) in account.items.iter().enumerate() {
                let action = chosen_action(choices, item);
                let placement = self.placements[number][position];
                let entry = list.as_ref().ok().map(|list| &list.entries[position]);
                let new_name = item.new_name.as_deref();
                let collection = entry.and_then(|entry| entry.collection.as_ref().ok());
                let written = collection.and_then(|it| target.add(placement, action, it, new_name));
                notes.extend(note_write(collection, action, written.as_ref()));
                if let (Action::Merge, Some(related)) = (action, placement.related) {
                    merges.push((items.len(), related));
                }
                if let (None, Some(entry)) = (&written, entry) {
                    staying.push(entry.raw);
                }
                let digest = self.digests[number].get(position);
                items.push(receipt_item(
                    account.legacy_user_id.as_ref(),
                    item,
                    action,
                    digest.map(|digest| hex(digest)),
                    written,
                ));
            }
            sources.push(if staying.len() == account.items.len() || list.is_err() {
                SourceWrite::Unchanged
            } else if staying.is_empty() {
                SourceWrite::Remove
            } else {
                SourceWrite::Set(join_array(staying))
            });
        }
        let mut hashes = BTreeMap::new();
        for (number, related) in merges {
            let hash = hashes
                .entry(related)
                .or_insert_with(|| target.content_hash(related));
            items[number].target_hash.clone_from(hash);
        }
        let mut seen = HashSet::new();
        notes.retain(|write| seen.insert(write.collection));
        Ok(TransferOutput {
            target: target.into_json(),
            sources,
            items,
            notes,
        })
    }

    fn check(&self, choices: &Choices) -> Result<(), Vec<InvalidChoice>> {
        let items = self.plan.accounts.iter();
        let items: BTreeMap<&str, &PlanItem> = items
            .flat_map(|account| &account.items)
            .map(|item| (item.key.as_str(), item))
            .collect();
        let mut invalid = Vec::new();
        for (key, action) in choices {
            match items.get(key.as_str()) {
                None => invalid.push(InvalidChoice::UnknownKey { key: key.clone() }),
                Some(item) if !item.allowed.contains(action) => {
                    invalid.push(InvalidChoice::NotAllowed { key: key.clone() });
                }
                Some(_) => {}
            }
        }
        let mut actions = items.values().map(|item| chosen_action(choices, item));
        if invalid.is_empty() && !actions.any(Action::transfers) {
            invalid.push(InvalidChoice::NothingChosen);
        }
        if invalid.is_empty() {
            Ok(())
        } else {
            Err(invalid)
        }
    }
}

/// Returns the note of a collection that joined the target, or was merged into one that may have no
/// note yet.
fn note_write(
    collection: Option<&ParsedCollection<'_>>,
    action: Action,
    written: Option<&WrittenEntry>,
) -> Option<NoteWrite> {
    Some(NoteWrite {
        collection: Uuid::parse_str(&written?.id).ok()?,
        note: collection?.note()?,
        replaces: action != Action::Merge,
    })
}

fn chosen_action(choices: &Choices, item: &PlanItem) -> Action {
    choices.get(&item.key).copied().unwrap_or(item.action)
}

fn receipt_item(
    source_owner: Option<&String>,
    item: &PlanItem,
    action: Action,
    source_hash: Option<String>,
    written: Option<WrittenEntry>,
) -> ReceiptItem {
    let unwritten = ReceiptItem {
        key: item.key.clone(),
        source_owner: source_owner.cloned(),
        source_id: item.source_id.clone(),
        source_name: item.name.clone(),
        action,
        target_id: None,
        target_name: None,
        num_members: item.num_members,
        repairs: Vec::new(),
        source_hash,
        target_hash: None,
    };
    match written {
        Some(written) => ReceiptItem {
            target_id: Some(written.id),
            target_name: Some(written.name),
            num_members: written.num_members,
            repairs: item.repairs.clone(),
            target_hash: written.hash,
            ..unwritten
        },
        None if action == Action::AlreadyPresent => ReceiptItem {
            target_id: item.target_id.clone(),
            ..unwritten
        },
        None => unwritten,
    }
}
