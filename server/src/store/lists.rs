//! Stored lists as raw values.

use super::{Store, StoreError};
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
}
