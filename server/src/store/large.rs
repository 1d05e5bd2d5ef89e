//! Whose lists are large. It is not known before they are read for the first time.

use super::Store;
use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// How many are remembered at most; hardly anybody has such lists.
const REMEMBERED: usize = 4096;

/// Accounts that a large list was read for.
#[derive(Default)]
pub(super) struct LargeOwners {
    owners: Mutex<HashSet<Uuid>>,
    /// How many they are. Mostly nobody, and then no request waits for another to look.
    count: AtomicUsize,
}

impl Store {
    /// Bytes from which on a list is large.
    pub fn large(&self) -> usize {
        self.large
    }

    /// Whether the lists of this account were large when they were last read here.
    pub fn is_large(&self, owner: Uuid) -> bool {
        let known = &self.large_owners;
        known.count.load(Ordering::Relaxed) > 0 && known.set().contains(&owner)
    }

    /// Remembers how much was read for an account.
    pub(super) fn note_size(&self, owner: Uuid, bytes: usize) {
        let known = &self.large_owners;
        if bytes < self.large && known.count.load(Ordering::Relaxed) == 0 {
            return;
        }
        let mut owners = known.set();
        if bytes < self.large {
            owners.remove(&owner);
        } else if owners.len() < REMEMBERED {
            owners.insert(owner);
        }
        known.count.store(owners.len(), Ordering::Relaxed);
    }
}

impl LargeOwners {
    fn set(&self) -> std::sync::MutexGuard<'_, HashSet<Uuid>> {
        self.owners.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
