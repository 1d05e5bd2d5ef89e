//! Reads the receipts of an owner.

use super::{Store, StoreError};
use shared::api::Receipt;
use std::collections::HashMap;
use uuid::Uuid;

impl Store {
    /// Returns an owner's receipts as stored, by their ids.
    pub async fn receipt_records(
        &self,
        owner: Uuid,
    ) -> Result<HashMap<String, Vec<u8>>, StoreError> {
        let mut get = redis::cmd("HGETALL");
        get.arg(self.keys.receipts(owner));
        self.connection.query(&get).await
    }

    /// Returns one receipt of an owner; `None` also if the receipt is somebody else's.
    pub async fn receipt(&self, owner: Uuid, id: Uuid) -> Result<Option<Receipt>, StoreError> {
        let record = self.receipt_record(owner, id).await?;
        Ok(record.map(|(receipt, _)| receipt))
    }

    /// Returns one receipt of an owner, and its stored bytes.
    pub async fn receipt_record(
        &self,
        owner: Uuid,
        id: Uuid,
    ) -> Result<Option<(Receipt, Vec<u8>)>, StoreError> {
        let mut get = redis::cmd("HGET");
        get.arg(self.keys.receipts(owner)).arg(id.to_string());
        let Some(stored): Option<Vec<u8>> = self.connection.query(&get).await? else {
            return Ok(None);
        };
        Ok(Some((serde_json::from_slice(&stored)?, stored)))
    }
}
