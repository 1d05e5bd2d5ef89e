//! The atomic compare-and-swap that a transfer, and an edit, is: what is compared, and what is written.
//!
//! - [`script`]: as one server-side script
//! - [`super::watched`]: of large lists, as one transaction
//! - [`once`]: what was done under an idempotency key

mod once;
mod script;

use super::Store;
use super::attempts::Audit;
use sha2::{Digest, Sha256};
use shared::collection::hex;
use shared::edit::delete::Kept;
use shared::transfer::receipt::UNDO_DAYS;
use shared::transfer::undo::ChangedValue;
use std::borrow::Cow;
use uuid::Uuid;

pub use script::Prepared;

pub(super) const SECONDS_A_DAY: i64 = 86_400;
pub(super) const IDEMPOTENCY_SECONDS: i64 = SECONDS_A_DAY;

/// A transfer or an edit ready to be stored.
pub struct Commit<'a> {
    /// The account that receives, or whose list is edited.
    pub owner: Uuid,
    /// What makes the request have its effect once; `None` for edits.
    pub once: Option<OnceRecord<'a>>,
    /// What is kept about it; `None` for edits that leave the collection in the account.
    pub receipt: Option<NewReceipt<'a>>,
    /// What the audit stream keeps of it.
    pub audit: Audit<'a>,
    /// What is compared and written.
    pub changes: Vec<Change<'a>>,
    /// The collection whose history is concerned, and for how many days it lives from now on.
    pub history: Option<(Uuid, i64)>,
    /// The image that an undo was decided on. Only what made it wrote it, so the script does not look again.
    pub undoes: Option<Undoes<'a>>,
}

/// What was read of the image of a receipt that is taken back.
#[derive(Clone, Copy)]
pub enum Undoes<'a> {
    /// The values that a transfer changed.
    Transfer(Uuid, &'a [ChangedValue]),
    /// A deleted collection.
    Deletion(Uuid, &'a Kept),
}

/// How many days a collection's history is kept after its last change.
pub const HISTORY_DAYS: i64 = 730;

/// How many days it is kept after the collection was deleted: as long as that can be undone.
pub const DELETED_HISTORY_DAYS: i64 = UNDO_DAYS;

/// The field of a history.
pub const LEDGER: &str = "ledger";

/// The record of an idempotency key. It names the receipt.
#[derive(Clone, Copy)]
pub struct OnceRecord<'a> {
    /// The client's key for this request.
    pub key: &'a str,
    /// Hash of the request: the same key with another one is refused.
    pub payload_hash: &'a str,
}

/// A receipt to be stored.
#[derive(Clone, Copy)]
pub struct NewReceipt<'a> {
    /// Its id.
    pub id: Uuid,
    /// The receipt as JSON.
    pub json: &'a str,
    /// Whether the values before are kept, for undo.
    pub image: bool,
}

/// One value that is compared and perhaps written.
pub struct Change<'a> {
    /// The hash it lies in.
    pub hash: Hash,
    /// Its field.
    pub field: &'a str,
    /// The value the transfer was planned on.
    pub planned: Option<&'a [u8]>,
    /// What becomes of it.
    pub write: Write<'a>,
}

/// The hashes that a transfer touches.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// The new accounts' lists.
    Collections,
    /// Legacy and anonymous lists.
    LegacyCollections,
    /// gn-auth's flags.
    Migratable,
    /// The owner's receipts, to mark one as undone. Not part of the before-image.
    Receipts,
    /// The history of [`Commit::history`]. Not part of the before-image.
    History,
}

/// What becomes of a value.
pub enum Write<'a> {
    /// It is only compared.
    Keep,
    /// It is set.
    Set(&'a [u8]),
    /// It is set to what is left of it after a cut. The before-image keeps what was cut out and where it
    /// stood, in bytes, instead of the whole value.
    Cut {
        /// What is left.
        left: &'a [u8],
        /// What was cut out.
        removed: &'a [u8],
        /// Where it stood.
        offset: usize,
    },
    /// Its field is removed.
    Delete,
    /// It is set if its hash exists: gn-auth fills an absent `migratable-accounts` for everybody when it
    /// first needs it, and a single entry of ours would keep it from that.
    SetIfHashExists(&'a [u8]),
}

/// What became of a commit.
pub enum Committed {
    /// It was stored.
    Now,
    /// A commit with the same idempotency key was stored before.
    Before {
        /// Hash of that request.
        payload_hash: String,
        /// Its receipt.
        receipt_id: Uuid,
    },
    /// A value is not what was decided on any more; nothing was stored.
    Stale,
}

impl Store {
    /// The key of a hash that a commit names.
    pub(super) fn hash_key(&self, commit: &Commit<'_>, hash: Hash) -> Cow<'_, str> {
        match hash {
            Hash::Collections => self.keys.collections().into(),
            Hash::LegacyCollections => self.keys.legacy_collections().into(),
            Hash::Migratable => self.keys.migratable().into(),
            Hash::Receipts => self.keys.receipts(commit.owner).into(),
            Hash::History => {
                let collection = commit.history.map(|(collection, _)| collection);
                let collection = collection.unwrap_or_default();
                self.keys.history(commit.owner, collection).into()
            }
        }
    }
}

impl Commit<'_> {
    /// About how much is sent.
    pub fn bytes(&self) -> usize {
        let changes = self.changes.iter().map(|change| {
            let removed = match change.write {
                Write::Cut { removed, .. } => removed.len(),
                _ => 0,
            };
            let new = change.write.value().map_or(0, <[u8]>::len);
            change.planned.map_or(0, <[u8]>::len) + new + removed
        });
        let receipt = self.receipt.map_or(0, |receipt| receipt.json.len());
        receipt + changes.sum::<usize>()
    }

    /// Hex SHA-256 of the new value, if the image keeps it.
    pub(super) fn kept_hash(&self, change: &Change<'_>) -> Option<String> {
        let image = self.receipt.is_some_and(|receipt| receipt.image);
        let new = change
            .write
            .value()
            .filter(|_| image && !change.hash.is_ours())?;
        Some(hex(&Sha256::digest(new)))
    }
}

impl<'a> Write<'a> {
    /// The value from then on, if there is one.
    pub(super) fn value(&self) -> Option<&'a [u8]> {
        match self {
            Self::Set(new) | Self::SetIfHashExists(new) | Self::Cut { left: new, .. } => Some(new),
            Self::Keep | Self::Delete => None,
        }
    }
}

impl Hash {
    /// Whether it is one of our own, which an image does not keep.
    pub(super) fn is_ours(self) -> bool {
        matches!(self, Self::Receipts | Self::History)
    }
}
