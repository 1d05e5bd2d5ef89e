//! What was done for an account.

use super::apart::apart;
use crate::store::{Store, StoreError};
use shared::api::{Receipt, ReceiptList};
use uuid::Uuid;

/// An account's receipts, newest first. One that cannot be read is left out and logged.
///
/// # Errors
/// [`StoreError`] when Redis fails.
pub async fn list(store: &Store, owner: Uuid) -> Result<Vec<Receipt>, StoreError> {
    worked_on(store, owner, |receipts| receipts).await
}

/// The same as JSON.
///
/// # Errors
/// As [`list`].
pub async fn json(store: &Store, owner: Uuid) -> Result<Vec<u8>, StoreError> {
    let json = worked_on(store, owner, |receipts| {
        serde_json::to_vec(&ReceiptList { receipts })
    });
    Ok(json.await??)
}

/// Reads them, where nobody waits if they are long, and goes on with them there.
async fn worked_on<T: Send + 'static>(
    store: &Store,
    owner: Uuid,
    work: impl FnOnce(Vec<Receipt>) -> T + Send + 'static,
) -> Result<T, StoreError> {
    let records = store.receipt_records(owner).await?;
    let bytes = records.values().map(Vec::len).sum();
    let worked = apart(bytes, move || {
        let mut receipts: Vec<Receipt> = records
            .iter()
            .filter_map(|(id, record)| {
                serde_json::from_slice(record)
                    .inspect_err(
                        |error| tracing::warn!(receipt = id, %error, "a receipt cannot be read"),
                    )
                    .ok()
            })
            .collect();
        receipts.sort_by_key(|receipt| std::cmp::Reverse((receipt.at, receipt.id)));
        work(receipts)
    });
    Ok(worked.await)
}
