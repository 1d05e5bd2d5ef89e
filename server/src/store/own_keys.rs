//! Measures our own keys, for `gn-collections report`.

use super::{Store, StoreError};

/// Keys per step.
const KEYS: u32 = 500;

/// One step of a walk over our own keys.
pub struct OwnKeysStep {
    /// The cursor of the next step; 0 after the last.
    pub next: u64,
    /// The kind of each key, e.g. `receipts`, and the bytes that it uses in Redis.
    pub keys: Vec<(String, u64)>,
}

impl Store {
    /// Measures one step, from cursor 0. A key may come twice while others write.
    pub async fn own_keys_step(&self, cursor: u64) -> Result<OwnKeysStep, StoreError> {
        let mut scan = redis::cmd("SCAN");
        scan.arg(cursor).arg("COUNT").arg(KEYS);
        let (next, keys): (u64, Vec<Vec<u8>>) = self.connection.query(&scan).await?;
        let own: Vec<(String, &[u8])> = keys
            .iter()
            .filter_map(|key| Some((self.keys.kind_of_own(key)?, key.as_slice())))
            .collect();
        if own.is_empty() {
            return Ok(OwnKeysStep {
                next,
                keys: Vec::new(),
            });
        }
        let mut measure = redis::pipe();
        for (_, key) in &own {
            measure.cmd("MEMORY").arg("USAGE").arg(*key);
        }
        let bytes: Vec<Option<u64>> = self.connection.pipeline(&measure).await?;
        let kinds = own.into_iter().map(|(kind, _)| kind);
        let keys = kinds
            .zip(bytes)
            .filter_map(|(kind, bytes)| Some((kind, bytes?)))
            .collect();
        Ok(OwnKeysStep { next, keys })
    }
}
