//! Reads the receipts of an account.

use crate::blocking::run_blocking;
use crate::store::{Store, StoreError};
use shared::api::{Receipt, ReceiptList};
use std::collections::HashMap;
use uuid::Uuid;

/// Returns an account's receipts, newest first. A receipt that cannot be read is left out and
/// logged.
pub async fn list(store: &Store, owner: Uuid) -> Result<Vec<Receipt>, StoreError> {
    let records = store.receipt_records(owner).await?;
    Ok(run_blocking(bytes(&records), move || parse(&records)).await)
}

/// Returns [`list`] as the JSON of a [`ReceiptList`].
pub async fn list_as_json(store: &Store, owner: Uuid) -> Result<Vec<u8>, StoreError> {
    let records = store.receipt_records(owner).await?;
    let json = run_blocking(bytes(&records), move || {
        let receipts = parse(&records);
        serde_json::to_vec(&ReceiptList { receipts })
    });
    Ok(json.await?)
}

pub(super) fn bytes(records: &HashMap<String, Vec<u8>>) -> usize {
    records.values().map(Vec::len).sum()
}

pub(super) fn parse(records: &HashMap<String, Vec<u8>>) -> Vec<Receipt> {
    let parse = |(id, record): (&String, &Vec<u8>)| {
        serde_json::from_slice(record)
            .inspect_err(|error| tracing::warn!(receipt = id, %error, "a receipt cannot be read"))
            .ok()
    };
    let mut receipts: Vec<Receipt> = records.iter().filter_map(parse).collect();
    receipts.sort_by_key(|receipt| std::cmp::Reverse((receipt.at, receipt.id)));
    receipts
}
