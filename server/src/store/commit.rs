//! The atomic compare-and-swap that stores a transfer, an edit or an undo.
//!
//! A [`CommitRequest`] names every raw value that the change was decided on. `commit.lua` compares
//! them and only then writes, so at no instant, and after no crash or broken connection, is a
//! change half done.
//!
//! - [`script`]: encodes the request for `commit.lua`

mod script;

use super::audit_write::AuditRecord;
use super::{Store, StoreError};
use crate::blocking::run_blocking;
use bytes::Bytes;
use shared::edit::RemovedText;
use shared::notes::NoteWrite;
use shared::transfer::SourceHash;
use shared::transfer::receipt::{UNDO_DAYS, summary};
use uuid::Uuid;

/// The largest list that is written, in bytes. Redis serves nobody else while a list is compared
/// and written.
const MAX_LIST_BYTES: usize = 64 * 1024 * 1024;
/// Days for which the history of a collection is kept after its last change.
pub const HISTORY_DAYS: i64 = 730;
/// Days for which the history of a deleted collection is kept: as long as the deletion can be
/// undone.
pub const DELETED_HISTORY_DAYS: i64 = UNDO_DAYS;
/// Field that holds the history in its Redis hash.
pub const HISTORY_FIELD: &str = "ledger";

/// A transfer, an edit or an undo, ready to be stored.
pub struct CommitRequest {
    /// The account that receives, or whose list is edited.
    pub owner: Uuid,
    /// Makes the request have its effect once; `None` for edits.
    pub idempotency: Option<IdempotencyRecord>,
    /// `None` for edits that leave the collection in the account.
    pub receipt: Option<NewReceipt>,
    pub audit: AuditRecord,
    pub changes: Vec<Change>,
    /// The collections whose histories are concerned. A change of [`ChangedHash::History`] is that
    /// of the first one.
    pub histories: Vec<Uuid>,
    /// For how many days these histories are kept from now on.
    pub history_days: i64,
}

/// The record of an idempotency key. It names the receipt.
pub struct IdempotencyRecord {
    pub key: String,
    /// Hex SHA-256 of the request. A request with the same key and another hash is refused.
    pub payload_hash: String,
}

pub struct NewReceipt {
    pub id: Uuid,
    pub json: Bytes,
    /// Whether the values before the commit are kept, for undo.
    pub keeps_before_image: bool,
    /// Whether the receipt counts as a full one. That of a deletion is as small as a summary.
    pub is_full: bool,
}

/// A value that is compared and perhaps written.
pub struct Change {
    pub hash: ChangedHash,
    pub field: String,
    /// The value that the change was decided on. The commit is a conflict if another value is
    /// stored by now.
    pub expected: Option<Vec<u8>>,
    pub write: Write,
}

/// The Redis hashes that a commit changes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ChangedHash {
    /// Lists of the new accounts, and of anonymous visitors of today's GN2.
    Collections,
    /// Lists of legacy accounts and anonymous visitors.
    LegacyCollections,
    /// gn-auth's migration flags.
    Migratable,
    /// The owner's receipts, to mark one as undone. Not part of the before-image.
    Receipts,
    /// The history of the first of [`CommitRequest::histories`]. Not part of the before-image.
    History,
    /// The owner's notes, by collection.
    Notes,
}

impl From<SourceHash> for ChangedHash {
    fn from(hash: SourceHash) -> Self {
        match hash {
            SourceHash::LegacyCollections => Self::LegacyCollections,
            SourceHash::Collections => Self::Collections,
        }
    }
}

pub enum Write {
    /// The value is only compared.
    Keep,
    Set(Vec<u8>),
    /// Entries are cut out of a list. The before-image keeps the removed texts and their offsets
    /// instead of the whole list.
    Cut {
        remaining: Vec<u8>,
        removed: Vec<RemovedText>,
    },
    /// The value is set, or removed. The before-image keeps a list with the entries that the
    /// stored list has lost, so that an undo gives them back to it.
    Recover {
        remaining: Option<Vec<u8>>,
        before: Vec<u8>,
    },
    Delete,
    /// The value is set if its hash exists. gn-auth fills an absent `migratable-accounts` for
    /// everybody when it first needs it, and a single entry of ours would keep it from that.
    SetIfHashExists(Vec<u8>),
    /// The value is set if there is none, without a comparison.
    SetIfAbsent(Vec<u8>),
    /// The value is set, without a comparison.
    Replace(Vec<u8>),
    /// A receipt is replaced by its summary and its before-image is deleted, if the receipt is
    /// still the expected one; otherwise nothing is done.
    Summarize(Vec<u8>),
}

pub enum CommitResult {
    Applied,
    /// A commit with the same idempotency key was applied before.
    Replayed {
        payload_hash: String,
        receipt: Uuid,
    },
    /// A stored value is not the expected one; nothing was written.
    Conflict,
}

impl Store {
    /// Applies a change if every value is still the expected one.
    ///
    /// # Errors
    /// [`StoreError::ListTooLarge`] and [`StoreError::QuotaExceeded`] before anything is written.
    /// After any other error the change
    /// may have been applied all the same, because the answer may be what was lost. The same
    /// request again tells.
    pub async fn commit(&self, mut request: CommitRequest) -> Result<CommitResult, StoreError> {
        let (quota, owner) = (self.quotas.collections, request.owner);
        if request
            .changes
            .iter()
            .any(|change| change.exceeds(quota, owner))
        {
            return Err(StoreError::QuotaExceeded);
        }
        if request.changes.iter().any(Change::is_list_too_large) {
            return Err(StoreError::ListTooLarge);
        }
        let mut summarized = None;
        if request
            .receipt
            .as_ref()
            .is_some_and(|receipt| receipt.is_full)
            && let Some((number, summary)) = self.summary_of_oldest_receipt(request.owner).await?
        {
            summarized = Some(number);
            request.add_summary(summary)?;
        }
        let limits = UsageLimits {
            before_images: self.quotas.before_images,
            summarized,
        };
        let bytes = request.bytes();
        let keys = self.keys.clone();
        let replicated = self.connection.replicas() > 0;
        let call = run_blocking(bytes, move || {
            request.script_call(&keys, limits, replicated)
        })
        .await;
        if !replicated {
            return Ok(CommitResult::parse_answer(
                self.connection.script(&call, bytes).await?,
            )?);
        }
        let answer = self.connection.replicated(call.command(), bytes).await?;
        let result = CommitResult::parse_answer(answer)?;
        if let CommitResult::Replayed { .. } = result {
            self.wait_for_replicas().await?;
        }
        Ok(result)
    }
}

/// The arguments of a commit that come from the owner's quotas.
struct UsageLimits {
    /// Bytes of before-images.
    before_images: usize,
    /// Number of the full receipt that becomes a summary.
    summarized: Option<u64>,
}

impl CommitRequest {
    /// Adds the change that makes a receipt a summary. If the commit itself marks this receipt as
    /// undone, the summary says so too.
    fn add_summary(&mut self, summarized: Option<Change>) -> Result<(), StoreError> {
        let Some(summarized) = summarized else {
            return Ok(());
        };
        let mut changes = self.changes.iter_mut();
        let marked = changes.find(|change| {
            change.hash == ChangedHash::Receipts && change.field == summarized.field
        });
        match marked {
            None => self.changes.push(summarized),
            Some(marked) => {
                if let Some(receipt) = marked.write.value() {
                    let summary = summary(serde_json::from_slice(receipt)?);
                    marked.write = Write::Set(serde_json::to_vec(&summary)?);
                }
            }
        }
        Ok(())
    }

    /// Returns the approximate size of the script call.
    fn bytes(&self) -> usize {
        let receipt = self
            .receipt
            .as_ref()
            .map_or(0, |receipt| receipt.json.len());
        receipt + self.changes.iter().map(Change::bytes).sum::<usize>()
    }
}

impl From<NoteWrite> for Change {
    fn from(write: NoteWrite) -> Self {
        let note = write.note.into_bytes();
        Self {
            hash: ChangedHash::Notes,
            field: write.collection.to_string(),
            expected: None,
            write: if write.replaces {
                Write::Replace(note)
            } else {
                Write::SetIfAbsent(note)
            },
        }
    }
}

impl Change {
    fn bytes(&self) -> usize {
        let removed = match &self.write {
            Write::Cut { removed, .. } => removed.iter().map(|removed| removed.text.len()).sum(),
            Write::Recover { before, .. } => before.len(),
            _ => 0,
        };
        let new = self.write.value().map_or(0, <[u8]>::len);
        self.expected.as_ref().map_or(0, Vec::len) + new + removed
    }

    /// Whether the owner's list grows beyond the quota. A list that is too large may shrink.
    fn exceeds(&self, quota: usize, owner: Uuid) -> bool {
        let is_own = self.hash == ChangedHash::Collections && self.field == owner.to_string();
        let new = self.write.value().map_or(0, <[u8]>::len);
        let stored = self.expected.as_ref().map_or(0, Vec::len);
        is_own && stored <= MAX_LIST_BYTES && new > quota && new > stored
    }

    fn is_list_too_large(&self) -> bool {
        let is_list = matches!(
            self.hash,
            ChangedHash::Collections | ChangedHash::LegacyCollections
        );
        let stored = self.expected.as_deref();
        is_list
            && !matches!(self.write, Write::Keep)
            && [stored, self.write.value()]
                .into_iter()
                .flatten()
                .any(|list| list.len() > MAX_LIST_BYTES)
    }
}

impl Write {
    fn value(&self) -> Option<&[u8]> {
        match self {
            Self::Set(new)
            | Self::SetIfHashExists(new)
            | Self::SetIfAbsent(new)
            | Self::Replace(new)
            | Self::Summarize(new) => Some(new),
            Self::Cut { remaining, .. } => Some(remaining),
            Self::Recover { remaining, .. } => remaining.as_deref(),
            Self::Keep | Self::Delete => None,
        }
    }
}
