//! Remembers the accounts that sign in, so that their ids are never taken for anonymous ones.

use crate::store::Store;
use moka::future::Cache;
use std::time::Duration;
use uuid::Uuid;

/// Accounts that this process need not store again. The least used are dropped first.
const CAPACITY: u64 = 100_000;

/// How long a request waits until its account is stored. A request must be answered within three
/// seconds even if Redis is gone, and needs most of them itself.
const MAX_WAIT: Duration = Duration::from_millis(200);

/// The accounts that this process has stored.
pub struct AccountMemory(Cache<Uuid, ()>);

impl Default for AccountMemory {
    fn default() -> Self {
        Self(Cache::new(CAPACITY))
    }
}

impl AccountMemory {
    /// Stores the account, once for each process. If Redis does not answer, the request goes on,
    /// and the next one of this account tries again.
    pub async fn remember(&self, store: &Store, account: Uuid) {
        if self.0.contains_key(&account) {
            return;
        }
        let (cache, store) = (self.0.clone(), store.clone());
        let write = tokio::spawn(async move {
            let stored = cache.try_get_with(account, store.remember_account(account));
            if let Err(error) = stored.await {
                tracing::warn!(%account, %error, "cannot remember that this id belongs to an account");
            }
        });
        // Both errors mean that it is not stored yet.
        let _ = tokio::time::timeout(MAX_WAIT, write).await;
    }
}
