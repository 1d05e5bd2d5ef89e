//! The results of an account's earlier transfers and deletions, as its receipts record them.
//!
//! They decide what the plan says of a collection that is missing from the account, and whether it
//! is transferred by default.

use crate::api::{Action, EarlierOutcome, Receipt, ReceiptItem, ReceiptKind};
use crate::collection::hex;
use crate::ids::LegacyOwner;
use crate::timestamp::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A stored entry of a source, as receipts name it: the source's owner and the entry's hash.
pub(super) type EntryKey = (LegacyOwner, String);

/// The approximate size of one result: two ids or an id and a hash, as text.
const RESULT_BYTES: usize = 200;

/// The results of earlier transfers and deletions.
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub struct EarlierResults {
    outcomes: BTreeMap<EntryKey, EarlierOutcome>,
    /// The ids of the collections that the user deleted from the account, and when.
    deleted: BTreeMap<Uuid, Timestamp>,
}

impl EarlierResults {
    /// Reads the results from the account's receipts. An undone transfer or deletion has none.
    pub fn of(receipts: &[Receipt]) -> Self {
        let mut results = Self::default();
        let mut oldest_first: Vec<&Receipt> = receipts
            .iter()
            .filter(|receipt| receipt.undone_by.is_none())
            .collect();
        oldest_first.sort_by_key(|receipt| (receipt.at, receipt.kind == ReceiptKind::Undo));
        for receipt in oldest_first {
            for item in &receipt.items {
                let id = item.source_id.as_deref();
                let id = id.and_then(|id| Uuid::parse_str(id).ok());
                match (receipt.kind, item.action) {
                    (ReceiptKind::Deletion, _) => {
                        results.deleted.extend(id.map(|id| (id, receipt.at)));
                    }
                    // The undo of a transfer gives a deleted collection back to its source.
                    (ReceiptKind::Undo, Action::Move) => {
                        id.and_then(|id| results.deleted.remove(&id));
                    }
                    (ReceiptKind::Migration | ReceiptKind::Import, Action::Skip) => {
                        let left_behind = entry_key(item);
                        let left_behind = left_behind.map(|key| (key, EarlierOutcome::LeftBehind));
                        results.outcomes.extend(left_behind);
                    }
                    _ => {}
                }
            }
        }
        results
    }

    /// The approximate size in bytes.
    pub(super) fn bytes(&self) -> usize {
        (self.outcomes.len() + self.deleted.len()) * RESULT_BYTES
    }

    /// Records the outcome of an entry that is offered from a before-image.
    pub(super) fn add_lost(&mut self, key: EntryKey, outcome: EarlierOutcome) {
        self.outcomes.insert(key, outcome);
    }

    /// Whether the user deleted the collection with this id from the account at this time or later.
    pub(super) fn has_deleted_since(&self, id: Uuid, at: Timestamp) -> bool {
        self.deleted.get(&id).is_some_and(|deleted| *deleted >= at)
    }

    /// Returns the outcome for an entry of a source, and the collection's id in it.
    pub(super) fn outcome(
        &self,
        owner: Option<&LegacyOwner>,
        digest: &[u8; 32],
        id: Option<Uuid>,
    ) -> Option<EarlierOutcome> {
        if id.is_some_and(|id| self.deleted.contains_key(&id)) {
            return Some(EarlierOutcome::Deleted);
        }
        if self.outcomes.is_empty() {
            return None;
        }
        let key = (owner?.clone(), hex(digest));
        self.outcomes.get(&key).copied()
    }

    /// Adds everything to the fingerprint of a plan.
    pub(super) fn add_to(&self, hash: &mut Sha256) {
        for ((owner, entry), outcome) in &self.outcomes {
            let owner = owner.as_str();
            hash.update(format!(
                "outcome {} {owner} {entry} {outcome:?}",
                owner.len()
            ));
        }
        for id in self.deleted.keys() {
            hash.update(format!("deleted {id}"));
        }
    }
}

/// Returns the source entry that a receipt's item names; `None` for a collection of a browser.
pub(super) fn entry_key(item: &ReceiptItem) -> Option<EntryKey> {
    let owner = item.source_owner.as_deref()?;
    Some((LegacyOwner::new(owner), item.source_hash.clone()?))
}
