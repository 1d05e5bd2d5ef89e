//! `gn-collections receipts <owner>`.

use super::{Failure, open, print_json};
use crate::config::StoreArguments;
use crate::service::receipts;
use uuid::Uuid;

/// Prints an account's receipts as JSON, newest first.
///
/// # Errors
/// [`Failure`].
pub async fn print(store: StoreArguments, owner: Uuid) -> Result<(), Failure> {
    print_json(&receipts::list(&open(store)?, owner).await?)
}
