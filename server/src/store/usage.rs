//! Reads what an owner's records use. `commit.lua` keeps the books: in the same commit it counts
//! before-images and full receipts, and drops the oldest before-images beyond the quota.

use super::commit::{Change, ChangedHash, Write};
use super::{Store, StoreError};
use shared::api::Receipt;
use shared::transfer::receipt::summary;
use uuid::Uuid;

impl Store {
    /// Returns the number of the oldest full receipt and the change that makes it a summary, if
    /// one more full receipt exceeds the quota. There is no change for a receipt that is gone or
    /// cannot be read.
    pub(super) async fn summary_of_oldest_receipt(
        &self,
        owner: Uuid,
    ) -> Result<Option<(u64, Option<Change>)>, StoreError> {
        let usage = self.keys.usage(owner);
        let mut get = redis::cmd("HMGET");
        get.arg(&usage).arg("receipt:removed").arg("receipt:last");
        let (removed, last): (Option<u64>, Option<u64>) = self.connection.query(&get).await?;
        let (removed, last) = (removed.unwrap_or(0), last.unwrap_or(0));
        if last.saturating_sub(removed) < self.quotas.full_receipts {
            return Ok(None);
        }
        let oldest = removed + 1;
        let mut get = redis::cmd("HGET");
        get.arg(&usage).arg(format!("receipt:{oldest}"));
        let id: Option<String> = self.connection.query(&get).await?;
        let Some(id) = id.and_then(|id| Uuid::parse_str(&id).ok()) else {
            return Ok(Some((oldest, None)));
        };
        let change = match self.receipt_record(owner, id).await {
            Ok(Some((receipt, stored))) => Some(summary_change(receipt, stored)?),
            Ok(None) | Err(StoreError::Record(_)) => None,
            Err(error) => return Err(error),
        };
        Ok(Some((oldest, change)))
    }

    /// Returns whether each of these receipts has a before-image.
    pub async fn have_before_images(&self, receipts: &[Uuid]) -> Result<Vec<bool>, StoreError> {
        if receipts.is_empty() {
            return Ok(Vec::new());
        }
        let mut reads = redis::pipe();
        for receipt in receipts {
            reads.exists(self.keys.before_image(*receipt));
        }
        self.connection.pipeline(&reads).await
    }
}

fn summary_change(receipt: Receipt, stored: Vec<u8>) -> Result<Change, StoreError> {
    Ok(Change {
        hash: ChangedHash::Receipts,
        field: receipt.id.to_string(),
        expected: Some(stored),
        write: Write::Summarize(serde_json::to_vec(&summary(receipt))?),
    })
}
