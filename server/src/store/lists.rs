//! Stored lists and histories as raw values.

use super::{LEDGER, Store, StoreError};
use uuid::Uuid;

impl Store {
    /// An account's stored list.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn list(&self, owner: Uuid) -> Result<Option<Vec<u8>>, StoreError> {
        let mut get = redis::cmd("HGET");
        get.arg(self.keys.collections()).arg(owner.to_string());
        self.connection.query(&get).await
    }
    /// An account's stored list, and the history of one of its collections, as they are at one instant.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn list_and_history(
        &self,
        owner: Uuid,
        collection: Uuid,
    ) -> Result<(Option<Vec<u8>>, Option<Vec<u8>>), StoreError> {
        let mut both = redis::pipe();
        both.atomic()
            .hget(self.keys.collections(), owner.to_string())
            .hget(self.keys.history(owner, collection), LEDGER);
        self.connection.pipeline(&both).await
    }
}
