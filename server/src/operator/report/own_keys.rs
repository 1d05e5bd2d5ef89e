//! Adds up what our own keys use in Redis.

use super::{KeyUsage, Report};
use crate::store::{Store, StoreError};
use std::collections::BTreeMap;

impl Report {
    /// Returns the usage by kind of key; `None` if the Redis user may not list keys.
    pub(super) async fn own_keys(
        store: &Store,
    ) -> Result<Option<BTreeMap<String, KeyUsage>>, StoreError> {
        let mut usage: BTreeMap<String, KeyUsage> = BTreeMap::new();
        let mut cursor = 0;
        loop {
            let step = match store.own_keys_step(cursor).await {
                Err(error) if error.is_missing_right() => return Ok(None),
                step => step?,
            };
            for (kind, bytes) in step.keys {
                let of_kind = usage.entry(kind).or_default();
                of_kind.keys += 1;
                of_kind.bytes += bytes;
            }
            cursor = step.next;
            if cursor == 0 {
                return Ok(Some(usage));
            }
        }
    }
}
