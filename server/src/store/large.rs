//! Whose lists are large. It is not known before they are read for the first time.

use super::Store;
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// How many are remembered at most; hardly anybody has such lists.
const REMEMBERED: usize = 4096;

/// Accounts that a large list was read for.
#[derive(Default)]
pub(super) struct LargeOwners(Mutex<HashSet<Uuid>>);

impl Store {
    /// Bytes from which on a list is large.
    pub fn large(&self) -> usize {
        self.large
    }

    /// Whether the lists of this account were large when they were last read here.
    pub fn is_large(&self, owner: Uuid) -> bool {
        self.large_owners.set().contains(&owner)
    }

    /// Remembers how much was read for an account.
    pub(super) fn note_size(&self, owner: Uuid, bytes: usize) {
        let mut owners = self.large_owners.set();
        if bytes < self.large {
            owners.remove(&owner);
        } else if owners.len() < REMEMBERED {
            owners.insert(owner);
        }
    }
}

impl LargeOwners {
    fn set(&self) -> std::sync::MutexGuard<'_, HashSet<Uuid>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
