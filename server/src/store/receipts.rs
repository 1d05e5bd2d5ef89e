//! What was done: receipts, by their owner.

use super::{Store, StoreError, Watched};
use shared::api::Receipt;
use std::collections::HashMap;
use uuid::Uuid;

impl Store {
    /// An owner's receipts as they are stored, by their ids.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn receipt_records(
        &self,
        owner: Uuid,
    ) -> Result<HashMap<String, Vec<u8>>, StoreError> {
        let mut all = redis::pipe();
        all.hgetall(self.keys.receipts(owner));
        // One of a large transfer is megabytes long.
        let [records] = self.read_lists(owner, all, None).await?;
        Ok(records)
    }

    /// One receipt of an owner; `None` also when it is somebody else's.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails or the record cannot be read.
    pub async fn receipt(&self, owner: Uuid, id: Uuid) -> Result<Option<Receipt>, StoreError> {
        let record = self.receipt_record(owner, id, None).await?;
        Ok(record.map(|(receipt, _)| receipt))
    }

    /// One receipt of an owner, and the bytes it is stored as, read where it is watched, if it is.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails or the record cannot be read.
    pub async fn receipt_record(
        &self,
        owner: Uuid,
        id: Uuid,
        watched: Option<&mut Watched>,
    ) -> Result<Option<(Receipt, Vec<u8>)>, StoreError> {
        let mut get = redis::pipe();
        get.hget(self.keys.receipts(owner), id.to_string());
        let [record]: [Option<Vec<u8>>; 1] = self.read_lists(owner, get, watched).await?;
        let Some(stored) = record else {
            return Ok(None);
        };
        Ok(Some((serde_json::from_slice(&stored)?, stored)))
    }
}
