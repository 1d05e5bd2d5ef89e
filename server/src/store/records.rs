//! Reads all fields of a hash in steps, so that Redis serves others in between. For `gn-collections
//! report`.

use super::{Store, StoreError};
use shared::ids::LegacyOwner;

/// Fields per step.
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

pub struct ScanStep {
    /// The cursor of the next step; 0 after the last.
    pub next: u64,
    /// Fields and values.
    pub records: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Store {
    /// Reads one step, from cursor 0. A record may come twice while others write.
    pub async fn step(&self, hash: Records, cursor: u64) -> Result<ScanStep, StoreError> {
        let mut scan = redis::cmd("HSCAN");
        scan.arg(self.name(hash))
            .arg(cursor)
            .arg("COUNT")
            .arg(FIELDS);
        let (next, records) = self.connection.query(&scan).await?;
        Ok(ScanStep { next, records })
    }

    pub fn name(&self, hash: Records) -> &str {
        match hash {
            Records::Users => self.keys.users(),
            Records::LegacyCollections => self.keys.legacy_collections(),
            Records::Collections => self.keys.collections(),
            Records::Migratable => self.keys.migratable(),
        }
    }

    /// Reads the list and the flag of each of these accounts, which are given with their addresses.
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

    /// Reads the record of a legacy account.
    pub async fn legacy_record(&self, owner: &LegacyOwner) -> Result<Option<Vec<u8>>, StoreError> {
        let mut get = redis::cmd("HGET");
        get.arg(self.keys.users()).arg(owner.as_str());
        self.connection.query(&get).await
    }

    /// Checks which of these fields `users` has.
    pub async fn are_accounts(&self, fields: &[&[u8]]) -> Result<Vec<bool>, StoreError> {
        let mut reads = redis::pipe();
        for field in fields {
            reads.hexists(self.keys.users(), field);
        }
        self.connection.pipeline(&reads).await
    }
}
