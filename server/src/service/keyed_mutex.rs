//! A mutex per key, within this process.
//!
//! Correctness does not depend on it, because the commit compares what it replaces. It only keeps
//! requests of one account from overtaking each other again and again.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

/// Keys that nobody holds or waits for take no memory.
pub struct KeyedMutex<K: Hash + Eq>(Mutex<HashMap<K, Arc<AsyncMutex<()>>>>);

pub struct KeyedMutexGuard<'m, K: Hash + Eq> {
    mutex: &'m KeyedMutex<K>,
    key: K,
    guard: Option<OwnedMutexGuard<()>>,
}

impl<K: Hash + Eq> Default for KeyedMutex<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Hash + Eq + Clone> KeyedMutex<K> {
    /// Waits until nobody else holds this key. Requests get it in the order in which they came.
    pub async fn lock(&self, key: K) -> KeyedMutexGuard<'_, K> {
        let lock = Arc::clone(self.map().entry(key.clone()).or_default());
        // Created before the wait, so that its `drop` also cleans up after a request that gives up
        // waiting.
        let mut guard = KeyedMutexGuard {
            mutex: self,
            key,
            guard: None,
        };
        guard.guard = Some(lock.lock_owned().await);
        guard
    }
}

impl<K: Hash + Eq> KeyedMutex<K> {
    fn map(&self) -> MutexGuard<'_, HashMap<K, Arc<AsyncMutex<()>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Hash + Eq> Drop for KeyedMutexGuard<'_, K> {
    fn drop(&mut self) {
        self.guard = None;
        let mut map = self.mutex.map();
        if map
            .get(&self.key)
            .is_some_and(|lock| Arc::strong_count(lock) == 1)
        {
            map.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test]
    async fn a_key_is_held_once_at_a_time_and_removed_after_use() {
        let mutex = KeyedMutex::default();
        let first = mutex.lock("a").await;
        let other = mutex.lock("b").await;
        let second = tokio::time::timeout(Duration::from_millis(10), mutex.lock("a"));
        assert!(second.await.is_err(), "it has to wait");
        drop(first);
        let second = mutex.lock("a").await;
        drop((other, second));
        assert!(mutex.map().is_empty());
    }
}
