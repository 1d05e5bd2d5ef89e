//! The only place that talks to Redis.
//!
//! - [`keys`]: spells every key
//! - `primary`: where the Redis is that takes writes
//! - [`connection`]: connections for all, with bounded waiting
//! - [`legacy_index`]: which legacy accounts have an address
//! - [`accounts`]: their records and lists
//! - [`lists`]: stored lists as raw values
//! - `large`: whose lists are large
//! - [`commit`]: the atomic compare-and-swap that a transfer, and an edit, is
//! - [`watched`]: the same for large lists, on a connection of their own
//! - `script`: runs scripts without copying their arguments about
//! - [`facts`]: what operators want to know
//! - [`receipts`]: what was done
//! - [`attempts`]: notes who did it, and what was refused
//! - [`sessions`]: anonymous sessions of GN2
//! - [`before_image`]: what was there before
//! - [`records`], [`audit`]: everything, in steps, for the operator's commands
//!
//! Values pass through here as bytes; what they mean is for `shared` to say.

mod accounts;
mod attempts;
mod audit;
mod before_image;
mod commit;
mod connection;
mod error;
mod facts;
mod keys;
mod large;
mod legacy_index;
mod lists;
mod primary;
mod receipts;
mod records;
mod script;
mod sessions;
mod watched;

pub use accounts::{LegacyValues, MigrationValues};
pub use attempts::Audit;
pub use audit::AuditEntry;
pub use commit::{
    Change, Commit, Committed, DELETED_HISTORY_DAYS, HISTORY_DAYS, Hash, LEDGER, NewReceipt,
    OnceRecord, Prepared, Undoes, Write,
};
pub use error::StoreError;
pub use facts::{KeyFacts, StoreFacts};
pub use records::{Records, Step};
pub use watched::{Purpose, Watched};

use crate::config::StoreConfig;
use connection::Connection;
use keys::Keys;
use large::LargeOwners;
use legacy_index::LegacyIndex;
use primary::Primary;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// A handle to Redis; cheap to clone, safe to share: nothing that changes the state of a connection is done on a shared one.
#[derive(Clone)]
pub struct Store {
    connection: Connection,
    keys: Arc<Keys>,
    /// Bytes from which on a list is large.
    large: usize,
    /// Who was found to have large lists: theirs are read aside, where nobody waits behind them.
    large_owners: Arc<LargeOwners>,
    large_at_once: Arc<Semaphore>,
    /// Only where people's legacy accounts are looked up.
    legacy_index: Option<LegacyIndex>,
}

impl Store {
    /// Prepares the connection; it is made when first used, and made again when it breaks.
    ///
    /// # Errors
    /// When the URL cannot be used.
    pub fn new(config: &StoreConfig) -> Result<Self, StoreError> {
        Ok(Self {
            connection: Connection::new(
                Primary::new(config)?,
                config.wait_replicas,
                config.large_list,
            )?,
            keys: Arc::new(Keys::new(config.keys.clone())),
            large: config.large_list,
            large_owners: Arc::default(),
            large_at_once: Arc::new(Semaphore::new(watched::AT_ONCE)),
            legacy_index: None,
        })
    }

    /// Whether Redis answers.
    ///
    /// # Errors
    /// [`StoreError`] when it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.connection.query::<()>(&redis::cmd("PING")).await
    }
}
