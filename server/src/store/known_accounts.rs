//! Ids that are known to belong to accounts. In `collections2` the lists of accounts and of
//! anonymous visitors of GN2 lie side by side, and nothing else tells them apart.

use super::{Store, StoreError};
use uuid::Uuid;

impl Store {
    /// Remembers an account for good.
    pub async fn remember_account(&self, id: Uuid) -> Result<(), StoreError> {
        let mut add = redis::cmd("SADD");
        add.arg(self.keys.accounts()).arg(id.to_string());
        self.connection.query(&add).await
    }

    /// Whether the id is that of an account which ever signed in here, or of a legacy account.
    pub async fn is_known_account(&self, id: Uuid) -> Result<bool, StoreError> {
        let id = id.to_string();
        let mut reads = redis::pipe();
        reads
            .sismember(self.keys.accounts(), &id)
            .hexists(self.keys.users(), &id);
        let (has_signed_in, is_legacy): (bool, bool) = self.connection.pipeline(&reads).await?;
        Ok(has_signed_in || is_legacy)
    }
}
