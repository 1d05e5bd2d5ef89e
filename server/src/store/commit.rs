//! The atomic compare-and-swap that a transfer, and an edit, is.
//!
//! `commit.lua` compares every raw value that was decided on and only then writes, all in one
//! server-side script: at no instant, and after no crash or cut connection, is a transfer half done.

use super::script::{Call, Script};
use super::{Audit, Store, StoreError};
use redis::Value;
use sha2::{Digest, Sha256};
use shared::collection::hex;
use shared::transfer::receipt::UNDO_DAYS;
use std::borrow::Cow;
use std::sync::LazyLock;
use uuid::Uuid;

pub(super) const SECONDS_A_DAY: i64 = 86_400;
pub(super) const IDEMPOTENCY_SECONDS: i64 = SECONDS_A_DAY;

static SCRIPT: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("commit.lua")));

/// Keys that the script takes.
const KEYS: usize = 8;
/// About how many bytes the small arguments have, beside the values.
const SMALL_ARGUMENTS: usize = 4 * 1024;

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
    /// Hex SHA-256 of the new value where that was made already: of a large one it takes long.
    pub new_hash: Option<String>,
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
    /// Stores a transfer or an edit if every value is still what it was decided on.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails. The commit may have happened all the same: the answer may be
    /// what was lost. The same call again tells, by [`Committed::Before`].
    pub async fn commit(&self, commit: &Commit<'_>) -> Result<Committed, StoreError> {
        let bytes = commit.bytes();
        let waits = self.connection.replicas() > 0;
        let mut call = if waits {
            SCRIPT.whole_call(KEYS, bytes + SMALL_ARGUMENTS)
        } else {
            SCRIPT.call(KEYS, bytes + SMALL_ARGUMENTS)
        };
        let key = commit.once.map_or("", |once| once.key);
        let receipt_id = commit.receipt.map_or(Uuid::nil(), |receipt| receipt.id);
        call.arg(self.keys.idempotency(commit.owner, key))
            .arg(self.keys.receipts(commit.owner))
            .arg(self.keys.before_image(receipt_id))
            .arg(self.keys.audit())
            .arg(self.keys.collections())
            .arg(self.keys.legacy_collections())
            .arg(self.keys.migratable());
        let (collection, days) = commit.history.unzip();
        let collection = collection.unwrap_or_default();
        call.arg(self.keys.history(commit.owner, collection));
        let image = commit.receipt.is_some_and(|receipt| receipt.image);
        call.arg(commit.once.map_or("", |once| once.payload_hash))
            .arg(IDEMPOTENCY_SECONDS)
            .arg(receipt_id.to_string())
            .arg(commit.receipt.map_or("", |receipt| receipt.json))
            .arg(if image { UNDO_DAYS * SECONDS_A_DAY } else { 0 })
            .arg(commit.owner.to_string())
            .arg(
                days.map(|days| (days * SECONDS_A_DAY).to_string())
                    .unwrap_or_default(),
            );
        let receipt = commit.receipt.map(|receipt| receipt.id);
        let audit = commit.audit.entry(commit.owner, "committed", receipt);
        call.arg(audit.len());
        for text in &audit {
            call.arg(text);
        }
        call.arg(commit.changes.len());
        for change in &commit.changes {
            change.arguments(&mut call);
        }
        if !waits {
            let answer: Vec<Value> = self.connection.script(&call, bytes).await?;
            return Ok(understand(answer)?);
        }
        let answer: Vec<Value> = self.connection.replicated(call.command(), bytes).await?;
        let committed = understand(answer)?;
        if let (Committed::Before { .. }, Some(once)) = (&committed, commit.once) {
            self.confirm(commit.owner, once.key).await?;
        }
        Ok(committed)
    }

    /// Waits until enough replicas have what was done under an idempotency key. Whoever repeats a request gets its
    /// receipt, and is to be promised no less.
    async fn confirm(&self, owner: Uuid, key: &str) -> Result<(), StoreError> {
        let mut write = redis::cmd("EXPIRE");
        write
            .arg(self.keys.idempotency(owner, key))
            .arg(IDEMPOTENCY_SECONDS);
        self.connection.replicated(&write, 0).await
    }

    /// What was done under an idempotency key: the hash of the request and the receipt's id.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn done_before(
        &self,
        owner: Uuid,
        key: &str,
    ) -> Result<Option<(String, Uuid)>, StoreError> {
        let mut get = redis::cmd("HMGET");
        get.arg(self.keys.idempotency(owner, key))
            .arg("payload")
            .arg("receipt");
        let (payload, receipt): (Option<String>, Option<String>) =
            self.connection.query(&get).await?;
        let receipt = receipt.and_then(|id| Uuid::parse_str(&id).ok());
        let done = payload.zip(receipt);
        if done.is_some() && self.connection.replicas() > 0 {
            self.confirm(owner, key).await?;
        }
        Ok(done)
    }
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
    pub(super) fn bytes(&self) -> usize {
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

impl Change<'_> {
    /// Hex SHA-256 of the new value.
    pub(super) fn new_hash(&self) -> Cow<'_, str> {
        match &self.new_hash {
            Some(hash) => Cow::Borrowed(hash),
            None => Cow::Owned(hex(&Sha256::digest(self.write.value().unwrap_or_default()))),
        }
    }

    fn arguments(&self, call: &mut Call) {
        let (verb, new) = match self.write {
            Write::Keep => ("keep", &b""[..]),
            Write::Set(new) => ("set", new),
            Write::Cut { left, .. } => ("cut", left),
            Write::Delete => ("delete", &b""[..]),
            Write::SetIfHashExists(new) => ("set-if-hash-exists", new),
        };
        let presence = if self.planned.is_some() {
            "present"
        } else {
            "absent"
        };
        call.arg(self.hash.number())
            .arg(self.field)
            .arg(presence)
            .arg(self.planned.unwrap_or_default())
            .arg(verb)
            .arg(new)
            .arg(self.new_hash().as_ref());
        if let Write::Cut {
            removed, offset, ..
        } = self.write
        {
            call.arg(removed).arg(offset);
        }
    }
}

impl Hash {
    /// Its place in the script's KEYS.
    fn number(self) -> u8 {
        match self {
            Self::Receipts => 2,
            Self::Collections => 5,
            Self::LegacyCollections => 6,
            Self::Migratable => 7,
            Self::History => 8,
        }
    }
}

fn understand(answer: Vec<Value>) -> redis::RedisResult<Committed> {
    let texts: Vec<String> = answer
        .into_iter()
        .map(redis::from_redis_value)
        .collect::<Result<_, _>>()?;
    match texts
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["committed"] => Ok(Committed::Now),
        ["replayed", payload_hash, receipt] if Uuid::parse_str(receipt).is_ok() => {
            Ok(Committed::Before {
                payload_hash: (*payload_hash).to_owned(),
                receipt_id: Uuid::parse_str(receipt).unwrap_or_default(),
            })
        }
        ["stale"] => Ok(Committed::Stale),
        _ => Err((
            redis::ErrorKind::UnexpectedReturnType,
            "commit.lua answered something else",
        )
            .into()),
    }
}
