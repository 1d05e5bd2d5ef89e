//! Spells every Redis key. The hashes of GN2 and gn-auth are named by the configuration; our own keys
//! begin with its prefix:
//!
//! | key | type | life | content |
//! |---|---|---|---|
//! | `<prefix>receipts:<owner>` | hash | for good | receipt id → receipt as JSON |
//! | `<prefix>before:<receipt>` | hash | 30 days | raw values before the transfer, for undo |
//! | `<prefix>before:<receipt>:<n>` | string | 30 days | the n-th of these values, where it is large |
//! | `<prefix>idempotency:<owner>:<hash of the key>` | hash | 24 hours | `payload` hash and `receipt` id |
//! | `<prefix>history:<owner>:<collection>` | hash | two years after the last edit, 30 days after the deletion | `ledger`: the last changes, as JSON |
//! | `<prefix>confirmed` | string | 1 second | written so that replicas confirm it, and what was written before it |
//! | `<prefix>doctor` | string | 1 second | what `gn-collections doctor` tries to write |
//! | `<prefix>audit` | stream | the last million entries or so | one entry per commit and per refusal: ids and counts only |

use crate::config::KeyNames;
use sha2::{Digest, Sha256};
use shared::collection::hex;
use uuid::Uuid;

/// Every key, by what it is for.
pub(super) struct Keys {
    names: KeyNames,
}

impl Keys {
    pub(super) fn new(names: KeyNames) -> Self {
        Self { names }
    }

    /// GN2's accounts.
    pub(super) fn users(&self) -> &str {
        &self.names.users
    }

    /// GN2's lists, of accounts and anonymous visitors.
    pub(super) fn legacy_collections(&self) -> &str {
        &self.names.legacy_collections
    }

    /// The new accounts' lists.
    pub(super) fn collections(&self) -> &str {
        &self.names.collections
    }

    /// gn-auth's migration flags.
    pub(super) fn migratable(&self) -> &str {
        &self.names.migratable
    }

    /// An anonymous session of GN2.
    pub(super) fn anonymous_session(session: Uuid) -> String {
        format!("anon_user_v1:{session}")
    }

    /// An owner's receipts.
    pub(super) fn receipts(&self, owner: Uuid) -> String {
        format!("{}receipts:{owner}", self.names.prefix)
    }

    /// What a transfer changed, as it was before.
    pub(super) fn before_image(&self, receipt: Uuid) -> String {
        format!("{}before:{receipt}", self.names.prefix)
    }

    /// A large value of that, by its number.
    pub(super) fn kept_apart(&self, receipt: Uuid, number: usize) -> String {
        format!("{}before:{receipt}:{number}", self.names.prefix)
    }

    /// What was done under an idempotency key. The key is the client's text, so it is hashed.
    pub(super) fn idempotency(&self, owner: Uuid, key: &str) -> String {
        let key = hex(&Sha256::digest(key));
        format!("{}idempotency:{owner}:{key}", self.names.prefix)
    }

    /// What an owner's collection was before its last changes.
    pub(super) fn history(&self, owner: Uuid, collection: Uuid) -> String {
        format!("{}history:{owner}:{collection}", self.names.prefix)
    }

    /// What is written so that replicas confirm it, and what was written before it.
    pub(super) fn confirmed(&self) -> String {
        format!("{}confirmed", self.names.prefix)
    }

    /// What the doctor tries to write.
    pub(super) fn probe(&self) -> String {
        format!("{}doctor", self.names.prefix)
    }

    /// The audit stream.
    pub(super) fn audit(&self) -> String {
        format!("{}audit", self.names.prefix)
    }
}
