//! One request, one effect: what was done under an idempotency key is the answer to its repetition.

use super::transfers::TransferError;
use super::turns::{Turn, Turns};
use crate::store::Store;
use sha2::{Digest, Sha256};
use shared::api::Receipt;
use shared::collection::hex;
use std::time::Duration;
use uuid::Uuid;

/// The requests that run in this process, by owner and idempotency key.
pub type Running = Turns<(Uuid, String)>;

/// How long a repetition waits for the first request before it is told to come again.
const PATIENCE: Duration = Duration::from_secs(1);

/// A request that has its effect once.
pub(super) struct Once<'a> {
    pub(super) owner: Uuid,
    pub(super) key: &'a str,
    /// Hash of what is asked for: the same key with another one is refused.
    pub(super) payload_hash: String,
}

impl<'a> Once<'a> {
    pub(super) fn new(owner: Uuid, key: &'a str, kind: &str, payload: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(kind);
        hash.update([0]);
        hash.update(payload);
        Self {
            owner,
            key,
            payload_hash: hex(&hash.finalize()),
        }
    }

    /// Waits until no other request with this key runs here: then that one's receipt is the answer.
    ///
    /// # Errors
    /// [`TransferError::InProgress`] when it takes long.
    pub(super) async fn turn<'r>(
        &self,
        running: &'r Running,
    ) -> Result<Turn<'r, (Uuid, String)>, TransferError> {
        let turn = running.take((self.owner, self.key.to_owned()));
        let waited = tokio::time::timeout(PATIENCE, turn).await;
        waited.map_err(|_| TransferError::InProgress)
    }

    /// The receipt of the same request, if it had its effect before.
    pub(super) async fn before(&self, store: &Store) -> Result<Option<Receipt>, TransferError> {
        match store.done_before(self.owner, self.key).await? {
            None => Ok(None),
            Some((payload_hash, receipt)) => {
                self.receipt(store, &payload_hash, receipt).await.map(Some)
            }
        }
    }

    /// The receipt that a record under this key names.
    pub(super) async fn receipt(
        &self,
        store: &Store,
        recorded_payload: &str,
        receipt: Uuid,
    ) -> Result<Receipt, TransferError> {
        if recorded_payload != self.payload_hash {
            return Err(TransferError::KeyReused);
        }
        let record = store.receipt(self.owner, receipt).await?;
        record.ok_or(TransferError::ReceiptGone)
    }
}
