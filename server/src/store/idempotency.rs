//! Reads the record of an idempotency key, and waits for replicas.

use super::{Store, StoreError};
use uuid::Uuid;

impl Store {
    /// Waits until enough replicas have everything that was written so far, if the configuration
    /// asks for that. The answer to a repeated request promises no less than the answer to the
    /// first one.
    ///
    /// # Errors
    /// [`StoreError::NotReplicated`] when too few replicas confirm it in time.
    pub async fn wait_for_replicas(&self) -> Result<(), StoreError> {
        if self.connection.replicas() == 0 {
            return Ok(());
        }
        // WAIT waits for the writes of its own connection, and so for all writes before them.
        let mut write = redis::cmd("SET");
        write.arg(self.keys.confirmed()).arg(1).arg("EX").arg(1);
        self.connection.replicated(&write, 0).await
    }

    /// Returns the payload hash and the receipt id that are recorded under an idempotency key.
    pub async fn idempotency_record(
        &self,
        owner: Uuid,
        key: &str,
    ) -> Result<Option<(String, Uuid)>, StoreError> {
        let mut get = redis::cmd("HMGET");
        get.arg(self.keys.idempotency(owner, key))
            .arg("payload")
            .arg("receipt");
        let (payload, receipt): (Option<String>, Option<String>) =
            self.connection.query(&get).await?;
        let receipt = receipt.and_then(|id| Uuid::parse_str(&id).ok());
        let record = payload.zip(receipt);
        if record.is_some() {
            self.wait_for_replicas().await?;
        }
        Ok(record)
    }
}
