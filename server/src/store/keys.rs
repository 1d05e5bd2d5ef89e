//! Spells every Redis key. The hashes of GN2 and gn-auth are named by the configuration; our own
//! keys begin with its prefix:
//!
//! | key | type | life | content |
//! |---|---|---|---|
//! | `<prefix>receipts:<owner>` | hash | forever | receipt id → receipt as JSON |
//! | `<prefix>before:<receipt>` | hash | 30 days | raw values before the transfer, for undo |
//! | `<prefix>before:<receipt>:<n>` | string | 30 days | the n-th of these values, if it is large; written until November 2026 |
//! | `<prefix>idempotency:<owner>:<hash of the key>` | hash | 24 hours | `payload` hash and `receipt` id |
//! | `<prefix>usage:<owner>` | hash | forever | which before-images, full receipts, idempotency records and histories the owner has, see `commit.lua` |
//! | `<prefix>notes:<owner>` | hash | until the collection is deleted | collection id → note |
//! | `<prefix>history:<owner>:<collection>` | hash | two years after the last edit, 30 days after the deletion | `ledger`: the last changes, as JSON |
//! | `<prefix>claims:<owner>`, `<prefix>claims:<hash of an address>` | hash | forever | legacy user id → claim as JSON |
//! | `<prefix>claim-attempts:<owner>`, `<prefix>claim-attempts:<hash of an address>` | string | an hour | the seconds of the latest attempts to claim an account |
//! | `<prefix>confirmed` | string | 1 second | written so that replicas confirm it and everything written before it |
//! | `<prefix>doctor` | string | 1 second | written by `gn-collections doctor` and `/readyz` as a trial |
//! | `<prefix>accounts` | set | forever | ids of all accounts that ever signed in here |
//! | `<prefix>audit` | stream | the last million entries or so | one entry per commit and per refusal: ids and counts only |

use crate::config::KeyNames;
use sha2::{Digest, Sha256};
use shared::claim::Claimant;
use shared::collection::hex;
use shared::flask_session::SessionId;
use uuid::Uuid;

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

    /// The new accounts' lists, and those of anonymous visitors of today's GN2.
    pub(super) fn collections(&self) -> &str {
        &self.names.collections
    }

    /// gn-auth's migration flags.
    pub(super) fn migratable(&self) -> &str {
        &self.names.migratable
    }

    /// GN2's sessions, as Flask-Session keeps them.
    pub(super) fn flask_session(&self, session: &SessionId) -> String {
        format!("{}{}", self.names.gn2_sessions, session.as_str())
    }

    pub(super) fn anonymous_session(session: Uuid) -> String {
        format!("anon_user_v1:{session}")
    }

    pub(super) fn receipts(&self, owner: Uuid) -> String {
        format!("{}receipts:{owner}", self.names.prefix)
    }

    pub(super) fn before_image(&self, receipt: Uuid) -> String {
        format!("{}before:{receipt}", self.names.prefix)
    }

    /// Returns the key of a value that a before-image names but does not contain.
    pub(super) fn separate_before_value(&self, receipt: Uuid, number: usize) -> String {
        format!("{}before:{receipt}:{number}", self.names.prefix)
    }

    /// The idempotency key is the client's text, so it is hashed.
    pub(super) fn idempotency(&self, owner: Uuid, key: &str) -> String {
        let key = hex(&Sha256::digest(key));
        format!("{}idempotency:{owner}:{key}", self.names.prefix)
    }

    pub(super) fn notes(&self, owner: Uuid) -> String {
        format!("{}notes:{owner}", self.names.prefix)
    }

    pub(super) fn usage(&self, owner: Uuid) -> String {
        format!("{}usage:{owner}", self.names.prefix)
    }

    pub(super) fn history(&self, owner: Uuid, collection: Uuid) -> String {
        format!("{}history:{owner}:{collection}", self.names.prefix)
    }

    pub(super) fn claims(&self, claimant: &Claimant) -> String {
        format!("{}claims:{}", self.names.prefix, claimant_name(claimant))
    }

    pub(super) fn claim_attempts(&self, claimant: &Claimant) -> String {
        let name = claimant_name(claimant);
        format!("{}claim-attempts:{name}", self.names.prefix)
    }

    /// Returns the key that is written so that replicas confirm it and everything written before
    /// it.
    pub(super) fn confirmed(&self) -> String {
        format!("{}confirmed", self.names.prefix)
    }

    /// Returns the key that the doctor and `/readyz` try to write.
    pub(super) fn probe(&self) -> String {
        format!("{}doctor", self.names.prefix)
    }

    /// Returns the kind of one of our own keys, e.g. `receipts`; `None` for keys of others.
    pub(super) fn kind_of_own(&self, key: &[u8]) -> Option<String> {
        let rest = key.strip_prefix(self.names.prefix.as_bytes())?;
        let kind = rest.split(|byte| *byte == b':').next()?;
        Some(String::from_utf8_lossy(kind).into_owned())
    }

    /// Ids of all accounts that ever signed in here.
    pub(super) fn accounts(&self) -> String {
        format!("{}accounts", self.names.prefix)
    }

    pub(super) fn audit(&self) -> String {
        format!("{}audit", self.names.prefix)
    }
}

/// Addresses are hashed, so that our keys contain none.
fn claimant_name(claimant: &Claimant) -> String {
    match claimant {
        Claimant::Account(id) => id.to_string(),
        Claimant::Address(email) => hex(&Sha256::digest(email.as_str())),
    }
}
