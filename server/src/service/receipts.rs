//! Reads the receipts of an account.

use crate::blocking::run_blocking;
use crate::clock::now;
use crate::store::{Store, StoreError};
use shared::api::{Receipt, ReceiptList};
use std::collections::HashMap;
use uuid::Uuid;

/// Returns an account's receipts, newest first. A receipt that cannot be read is left out and
/// logged.
pub async fn list(store: &Store, owner: Uuid) -> Result<Vec<Receipt>, StoreError> {
    let records = store.receipt_records(owner).await?;
    let mut receipts = run_blocking(bytes(&records), move || parse(&records)).await;
    mark_dropped_undos(store, &mut receipts).await?;
    Ok(receipts)
}

/// Returns one receipt of an account; `None` also if the receipt is somebody else's.
pub async fn one(store: &Store, owner: Uuid, id: Uuid) -> Result<Option<Receipt>, StoreError> {
    let mut receipt = store.receipt(owner, id).await?;
    mark_dropped_undos(store, receipt.as_mut_slice()).await?;
    Ok(receipt)
}

/// Marks the receipts whose before-images were deleted before their time.
async fn mark_dropped_undos(store: &Store, receipts: &mut [Receipt]) -> Result<(), StoreError> {
    let now = now();
    let mut undoable: Vec<&mut Receipt> = receipts
        .iter_mut()
        .filter(|receipt| receipt.undone_by.is_none() && receipt.undoable_until > now)
        .collect();
    let ids: Vec<Uuid> = undoable.iter().map(|receipt| receipt.id).collect();
    let kept = store.have_before_images(&ids).await?;
    for (receipt, is_kept) in undoable.iter_mut().zip(kept) {
        if !is_kept {
            receipt.undo_dropped = true;
            receipt.undoable_until = receipt.at;
        }
    }
    Ok(())
}

/// Returns [`list`] as the JSON of a [`ReceiptList`].
pub async fn list_as_json(store: &Store, owner: Uuid) -> Result<Vec<u8>, StoreError> {
    let records = store.receipt_records(owner).await?;
    let bytes = bytes(&records);
    let mut receipts = run_blocking(bytes, move || parse(&records)).await;
    mark_dropped_undos(store, &mut receipts).await?;
    let json = run_blocking(bytes, move || serde_json::to_vec(&ReceiptList { receipts }));
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
