//! The only place that talks to Redis.
//!
//! - [`keys`]: spells every key
//! - [`connection`]: one connection for all, with bounded waiting
//! - [`accounts`]: legacy accounts by address
//! - [`lists`]: stored lists and flags as raw values
//! - [`commit`]: the atomic compare-and-swap that a transfer is
//! - [`receipts`]: what was done
//! - [`before_image`]: what was there before
//!
//! Values pass through here as bytes; what they mean is for `shared` to say.

mod accounts;
mod before_image;
mod commit;
mod connection;
mod error;
mod keys;
mod lists;
mod receipts;

pub use commit::{Audit, Change, Commit, Committed, Hash, NewReceipt, OnceRecord, Write};
pub use error::StoreError;
pub use lists::SourceValues;

use crate::config::StoreConfig;
use connection::Connection;
use keys::Keys;
use std::sync::Arc;

/// A handle to Redis; cheap to clone, safe to share: nothing in here uses `WATCH` or changes the
/// state of the connection.
#[derive(Clone)]
pub struct Store {
    connection: Connection,
    keys: Arc<Keys>,
}

impl Store {
    /// Prepares the connection; it is made when first used, and made again when it breaks.
    ///
    /// # Errors
    /// When the URL cannot be used.
    pub fn new(config: &StoreConfig) -> Result<Self, StoreError> {
        Ok(Self {
            connection: Connection::new(&config.redis_url)?,
            keys: Arc::new(Keys::new(config.keys.clone())),
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
