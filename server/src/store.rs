//! The only module that talks to Redis. Values pass through it as bytes; `shared` interprets them.
//!
//! - [`keys`]: spells every key
//! - `primary`: finds the Redis that takes writes
//! - [`condition`]: whether Redis takes writes
//! - [`connection`]: connections that all requests share, with timeouts
//! - [`legacy_index`]: finds the legacy accounts of an address
//! - [`accounts`]: reads their records and lists
//! - [`claims`]: claims on legacy accounts with another address
//! - [`known_accounts`]: ids that are known to belong to accounts
//! - [`lists`], [`receipts`], [`sessions`]: read lists, receipts and anonymous sessions of GN2
//! - [`commit`]: the atomic compare-and-swap that every write is
//! - [`idempotency`]: reads the record of an idempotency key, and waits for replicas
//! - [`before_image`]: reads the values that a commit replaced, for undo
//! - `script`: calls of server-side scripts with large arguments
//! - [`audit_write`], [`audit_read`]: the audit stream
//! - [`usage`]: what an owner's records use, and which of them are beyond the quotas
//! - [`own_keys`], [`records`], [`facts`]: what operators' commands and the doctor read

mod accounts;
mod audit_read;
mod audit_write;
mod before_image;
mod claims;
mod commit;
mod condition;
mod connection;
mod error;
mod facts;
mod idempotency;
mod keys;
mod known_accounts;
mod legacy_index;
mod lists;
mod own_keys;
mod primary;
mod receipts;
mod records;
mod script;
mod sessions;
mod usage;

pub use accounts::{LegacyValues, MigrationValues};
pub use audit_read::{AuditEntry, AuditPage};
pub use audit_write::{ActorKind, AuditRecord};
pub use claims::{LegacyRecord, MAX_CLAIM_ATTEMPTS};
pub use commit::{
    Change, ChangedHash, CommitRequest, CommitResult, DELETED_HISTORY_DAYS, HISTORY_DAYS,
    HISTORY_FIELD, IdempotencyRecord, NewReceipt, Write,
};
pub use condition::StoreCondition;
pub use error::StoreError;
pub use facts::{KeyFacts, StoreFacts};
pub use lists::StoredValues;
pub use own_keys::OwnKeysStep;
pub use records::{Records, ScanStep};

use crate::config::{Quotas, StoreConfig};
use connection::Connection;
use keys::Keys;
use legacy_index::LegacyIndex;
use std::sync::Arc;

/// A handle to Redis; cheap to clone.
#[derive(Clone)]
pub struct Store {
    connection: Connection,
    keys: Arc<Keys>,
    quotas: Quotas,
    /// `None` for operators' commands that look up nobody's legacy accounts.
    legacy_index: Option<LegacyIndex>,
}

impl Store {
    /// Prepares the connection. It is opened at the first use, and again whenever it breaks.
    ///
    /// # Errors
    /// If the URL cannot be used.
    pub fn new(config: &StoreConfig) -> Result<Self, StoreError> {
        Ok(Self {
            connection: Connection::new(config)?,
            keys: Arc::new(Keys::new(config.keys.clone())),
            quotas: config.quotas,
            legacy_index: None,
        })
    }

    /// Waits for the first answer of a Sentinel, if the Redis must be found.
    pub async fn wait_for_primary(&self) -> Result<(), StoreError> {
        self.connection.wait_for_primary().await
    }

    /// Checks that Redis answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.connection.query::<()>(&redis::cmd("PING")).await
    }
}
