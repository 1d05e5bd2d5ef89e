//! Adds the results of the account's earlier transfers and deletions to the values that a migration
//! is planned on: what its receipts say, and from before-images the collections that were
//! transferred and then lost.

use super::receipts;
use crate::blocking::run_blocking;
use crate::store::{Store, StoreError};
use shared::transfer::TransferInput;
use shared::transfer::earlier::EarlierResults;
use shared::transfer::recovery::{recover, suspected_losses};
use std::collections::BTreeMap;

/// Adds the earlier results to values that were read before. A receipt that is newer than these
/// values does no harm, because its transfer changed them, and the commit compares them.
pub(super) async fn with_earlier_results(
    store: &Store,
    mut input: TransferInput,
) -> Result<TransferInput, StoreError> {
    let owner = input.owner;
    let records = store.receipt_records(owner).await?;
    if records.is_empty() {
        return Ok(input);
    }
    let bytes = input.bytes() + receipts::bytes(&records);
    let read = run_blocking(bytes, move || {
        let receipts = receipts::parse(&records);
        input.earlier = EarlierResults::of(&receipts);
        let losses = suspected_losses(&receipts, &input);
        (input, losses)
    });
    let (mut input, losses) = read.await;
    let mut images = BTreeMap::new();
    for loss in &losses {
        if !images.contains_key(&loss.receipt)
            && let Some(values) = store.changed_values(owner, loss.receipt).await?
        {
            images.insert(loss.receipt, values);
        }
    }
    if images.is_empty() {
        return Ok(input);
    }
    let recovered = run_blocking(bytes, move || {
        recover(&mut input, &losses, &images);
        input
    });
    Ok(recovered.await)
}
