//! What was done under an idempotency key.

use crate::store::{Store, StoreError};
use uuid::Uuid;

impl Store {
    /// Waits until enough replicas have all that has been written by now, if any have to. Whoever repeats a request gets the
    /// answer to the first one, and is to be promised no less.
    ///
    /// # Errors
    /// [`StoreError::NotReplicated`] when they do not confirm it in time, and others when Redis fails.
    pub async fn confirm(&self) -> Result<(), StoreError> {
        if self.connection.replicas() == 0 {
            return Ok(());
        }
        // WAIT waits for what its own connection wrote, and so for what anybody wrote before.
        let mut write = redis::cmd("SET");
        write.arg(self.keys.confirmed()).arg(1).arg("EX").arg(1);
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
        if done.is_some() {
            self.confirm().await?;
        }
        Ok(done)
    }
}
