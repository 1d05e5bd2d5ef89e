//! Stored lists and flags as raw values.

use super::{Store, StoreError};
use shared::ids::LegacyOwner;
use uuid::Uuid;

/// What a source's plan depends on.
pub struct SourceValues {
    /// The source's stored list.
    pub list: Option<Vec<u8>>,
    /// The record of the source's address in `migratable-accounts`.
    pub flag: Option<Vec<u8>>,
}

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

    /// An account's stored list and the values of sources, each a list's owner and the address whose
    /// flag belongs to it: one round trip, whatever their number. They are read one after the other,
    /// which is enough: the commit compares all of them again.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn transfer_values(
        &self,
        owner: Uuid,
        sources: &[(LegacyOwner, String)],
    ) -> Result<(Option<Vec<u8>>, Vec<SourceValues>), StoreError> {
        let mut reads = redis::pipe();
        reads.hget(self.keys.collections(), owner.to_string());
        for (source, email) in sources {
            reads.hget(self.keys.legacy_collections(), source.as_str());
            reads.hget(self.keys.migratable(), email);
        }
        let mut values: std::vec::IntoIter<Option<Vec<u8>>> = self
            .connection
            .pipeline::<Vec<Option<Vec<u8>>>>(&reads)
            .await?
            .into_iter();
        let target = values.next().flatten();
        let sources = sources
            .iter()
            .map(|_| SourceValues {
                list: values.next().flatten(),
                flag: values.next().flatten(),
            })
            .collect();
        Ok((target, sources))
    }
}
