//! What was done under an idempotency key.

use super::IDEMPOTENCY_SECONDS;
use crate::store::{Store, StoreError};
use uuid::Uuid;

impl Store {
    /// Waits until enough replicas have what was done under an idempotency key. Whoever repeats a request gets its
    /// receipt, and is to be promised no less.
    pub(super) async fn confirm(&self, owner: Uuid, key: &str) -> Result<(), StoreError> {
        let mut write = redis::cmd("EXPIRE");
        write
            .arg(self.keys.idempotency(owner, key))
            .arg(IDEMPOTENCY_SECONDS);
        self.connection.replicated(&write, 0).await
    }

    /// What was done under an idempotency key: the hash of the request and the receipt's id.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn done_before(
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
        let done = payload.zip(receipt);
        if done.is_some() && self.connection.replicas() > 0 {
            self.confirm(owner, key).await?;
        }
        Ok(done)
    }
}
