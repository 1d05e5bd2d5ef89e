//! Commands for those who run the server. They talk to Redis only, so they work while the server is down, and
//! beside it while it is up.
//!
//! - [`report`]: what lies there
//! - [`receipts`], [`audit`]: what was done
//! - [`undo`]: takes it back

pub mod audit;
pub mod receipts;
pub mod report;
pub mod undo;

use crate::config::{ConfigError, StoreArguments, StoreConfig};
use crate::service::UndoError;
use crate::store::{Store, StoreError};
use serde::Serialize;
use std::io::{self, Write};
use uuid::Uuid;

/// Why a command ended; each is one line.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The settings.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Redis.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No receipt of this id can be undone.
    #[error("{0}: no such receipt can be undone: there is none, or its 30 days are over")]
    NoReceipt(Uuid),
    /// It was not taken back.
    #[error(transparent)]
    Undo(#[from] UndoError),
    /// What was to be printed is no JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// Nothing can be printed.
    #[error(transparent)]
    Print(#[from] io::Error),
}

fn open(arguments: StoreArguments) -> Result<Store, Failure> {
    Ok(Store::new(&StoreConfig::try_from(arguments)?)?)
}

fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value)?;
    Ok(writeln!(io::stdout(), "{text}")?)
}
