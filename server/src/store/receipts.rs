//! What was done: receipts, by their owner.

use super::{Store, StoreError, Watched};
use shared::api::Receipt;
use std::collections::HashMap;
use uuid::Uuid;

impl Store {
    /// An owner's receipts, newest first. One that cannot be read is left out and logged.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn receipts(&self, owner: Uuid) -> Result<Vec<Receipt>, StoreError> {
        let mut all = redis::cmd("HGETALL");
        all.arg(self.keys.receipts(owner));
        let records: HashMap<String, Vec<u8>> = self.connection.query(&all).await?;
        let mut receipts: Vec<Receipt> = records
            .into_iter()
            .filter_map(|(id, record)| {
                serde_json::from_slice(&record)
                    .inspect_err(
                        |error| tracing::warn!(receipt = id, %error, "a receipt cannot be read"),
                    )
                    .ok()
            })
            .collect();
        receipts.sort_by_key(|receipt| std::cmp::Reverse((receipt.at, receipt.id)));
        Ok(receipts)
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
