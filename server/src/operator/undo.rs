//! `gn-collections undo <receipt>`.

use super::{Failure, open, print_json};
use crate::config::StoreArguments;
use crate::service::Running;
use crate::service::undo::{UndoAttempt, undo};
use uuid::Uuid;

/// Takes a transfer or a deletion back and prints the receipt of that as JSON.
///
/// # Errors
/// [`Failure`]; nothing was changed, but perhaps by a failing store.
pub async fn run(store: StoreArguments, receipt: Uuid) -> Result<(), Failure> {
    let store = open(store)?;
    let owner = store.receipt_owner(receipt).await?;
    let owner = owner.ok_or(Failure::NoReceipt(receipt))?;
    let this_run = format!("operator-{}", Uuid::new_v4());
    let attempt = UndoAttempt {
        owner,
        receipt,
        idempotency_key: &this_run,
        request_id: &this_run,
    };
    print_json(&undo(&store, &Running::default(), &attempt).await?)
}
