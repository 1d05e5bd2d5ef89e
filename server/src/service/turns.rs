//! One after the other, by key, within this process.
//!
//! What is right does not depend on this: the commit compares what it replaces. It only keeps requests of
//! one account from overtaking each other again and again.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Mutex as AsyncMutex, OwnedMutexGuard};

/// Who has its turn, by key. Keys that nobody holds or waits for take no memory.
pub struct Turns<K: Hash + Eq>(Mutex<HashMap<K, Arc<AsyncMutex<()>>>>);

/// The right to go on; the next one has it when this is dropped.
pub struct Turn<'t, K: Hash + Eq> {
    turns: &'t Turns<K>,
    key: K,
    guard: Option<OwnedMutexGuard<()>>,
}

impl<K: Hash + Eq> Default for Turns<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Hash + Eq + Clone> Turns<K> {
    /// Waits until nobody else has this key. Those who wait have their turn in the order they came.
    pub async fn take(&self, key: K) -> Turn<'_, K> {
        let lock = Arc::clone(self.map().entry(key.clone()).or_default());
        // Made before the wait, so that one who gives up waiting leaves nothing behind.
        let mut turn = Turn {
            turns: self,
            key,
            guard: None,
        };
        turn.guard = Some(lock.lock_owned().await);
        turn
    }
}

impl<K: Hash + Eq> Turns<K> {
    fn map(&self) -> std::sync::MutexGuard<'_, HashMap<K, Arc<AsyncMutex<()>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Hash + Eq> Drop for Turn<'_, K> {
    fn drop(&mut self) {
        self.guard = None;
        let mut map = self.turns.map();
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
    async fn one_waits_for_the_other_and_nothing_is_left_behind() {
        let turns = Turns::default();
        let first = turns.take("a").await;
        let other = turns.take("b").await;
        let second = tokio::time::timeout(Duration::from_millis(10), turns.take("a"));
        assert!(second.await.is_err(), "it has to wait");
        drop(first);
        let second = turns.take("a").await;
        drop((other, second));
        assert!(turns.map().is_empty());
    }
}
