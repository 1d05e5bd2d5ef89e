//! Everything that a hash holds, in steps between which Redis serves others.

use super::{Store, StoreError};
use shared::ids::LegacyOwner;

/// Fields asked for per step.
const FIELDS: u32 = 500;

/// A hash of GN2 or gn-auth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Records {
    /// Legacy accounts.
    Users,
    /// Legacy and anonymous lists.
    LegacyCollections,
    /// The new accounts' lists.
    Collections,
    /// gn-auth's migration flags.
    Migratable,
}

/// One step through a hash.
pub struct Step {
    /// Where the next step begins; 0 after the last.
    pub next: u64,
    /// Fields with their values.
    pub records: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Store {
    /// One step through a hash, from 0. While others write, a record may come twice.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn step(&self, hash: Records, cursor: u64) -> Result<Step, StoreError> {
        let mut scan = redis::cmd("HSCAN");
        scan.arg(self.name(hash))
            .arg(cursor)
            .arg("COUNT")
            .arg(FIELDS);
        let (next, records) = self.connection.query(&scan).await?;
        Ok(Step { next, records })
    }

    /// The key of a hash.
    pub fn name(&self, hash: Records) -> &str {
        match hash {
            Records::Users => self.keys.users(),
            Records::LegacyCollections => self.keys.legacy_collections(),
            Records::Collections => self.keys.collections(),
            Records::Migratable => self.keys.migratable(),
        }
    }

    /// The list and the flag of each of these accounts, given with their addresses as spelt.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn lists_and_flags(
        &self,
        accounts: &[(LegacyOwner, String)],
    ) -> Result<Vec<[Option<Vec<u8>>; 2]>, StoreError> {
        let mut reads = redis::pipe();
        for (owner, email) in accounts {
            reads.hget(self.keys.legacy_collections(), owner.as_str());
            reads.hget(self.keys.migratable(), email);
        }
        let values: Vec<Option<Vec<u8>>> = self.connection.pipeline(&reads).await?;
        let mut values = values.into_iter();
        Ok(accounts
            .iter()
            .map(|_| [values.next().flatten(), values.next().flatten()])
            .collect())
    }

    /// Which of these fields `users` has.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn are_accounts(&self, fields: &[&[u8]]) -> Result<Vec<bool>, StoreError> {
        let mut reads = redis::pipe();
        for field in fields {
            reads.hexists(self.keys.users(), field);
        }
        self.connection.pipeline(&reads).await
    }
}
