//! Commands for operators. They use only Redis, so they work with and without a running server.
//!
//! - [`account`]: finds the accounts that an id or an e-mail address names
//! - [`explain`]: describes what a person would be offered
//! - [`report`]: counts the records in Redis
//! - [`receipts`], [`audit`]: list past changes
//! - [`undo`]: undoes a change
//! - [`assign`]: gives a legacy account to a person

pub mod account;
pub mod assign;
pub mod audit;
pub mod explain;
pub mod receipts;
pub mod report;
pub mod undo;

use crate::config::{ConfigErrors, StoreArguments, StoreConfig};
use crate::service::{TransferError, UndoError};
use crate::store::{Store, StoreError};
use serde::Serialize;
use shared::ids::LegacyOwner;
use std::io::{self, Write};
use uuid::Uuid;

/// Why a command ended. Each message is one line, except that each wrong setting has its own.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    #[error(transparent)]
    Config(#[from] ConfigErrors),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// gn-auth's users are in a database of its own, so an address is known only from Redis.
    #[error(
        "nobody with this address has moved collections here, so its account is not known; name the account by its id"
    )]
    UnknownAddress,
    #[error("{0}: there is no such receipt, or its 30 days are over")]
    NoReceipt(Uuid),
    #[error("--to is neither the id of an account nor an e-mail address")]
    NoPerson,
    #[error("{0}: there is no legacy account with this id in users")]
    NoLegacyAccount(LegacyOwner),
    #[error("{0}: this legacy account was not assigned to that person")]
    NotAssigned(LegacyOwner),
    #[error(transparent)]
    Transfer(#[from] TransferError),
    #[error(transparent)]
    Undo(#[from] UndoError),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Print(#[from] io::Error),
}

/// Opens the store that a command works on.
async fn open_store(arguments: StoreArguments) -> Result<Store, OperatorError> {
    let store = Store::new(&StoreConfig::try_from(arguments)?)?;
    store.wait_for_primary().await?;
    Ok(store)
}

fn print_json(value: &impl Serialize) -> Result<(), OperatorError> {
    let text = serde_json::to_string_pretty(value)?;
    Ok(writeln!(io::stdout(), "{text}")?)
}
