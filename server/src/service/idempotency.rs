//! Gives a request one effect: a repeated request is answered with the receipt of the first.

use super::keyed_mutex::{KeyedMutex, KeyedMutexGuard};
use super::transfer_error::TransferError;
use crate::store::{IdempotencyRecord, Store};
use sha2::{Digest, Sha256};
use shared::api::Receipt;
use shared::collection::hex;
use std::time::Duration;
use uuid::Uuid;

/// The requests that run in this process, by owner and idempotency key.
pub type RequestMutex = KeyedMutex<(Uuid, String)>;

/// How long a repeated request waits for the first one before the client is asked to try again.
const MAX_WAIT: Duration = Duration::from_secs(1);

pub(super) struct IdempotentRequest {
    owner: Uuid,
    key: String,
    payload_hash: String,
}

impl IdempotentRequest {
    pub(super) fn new(owner: Uuid, key: &str, kind: &str, payload: &[u8]) -> Self {
        let mut hash = Sha256::new();
        hash.update(kind);
        hash.update([0]);
        hash.update(payload);
        Self {
            owner,
            key: key.to_owned(),
            payload_hash: hex(&hash.finalize()),
        }
    }

    /// Waits until no other request with this key runs in this process.
    ///
    /// # Errors
    /// [`TransferError::InProgress`] after [`MAX_WAIT`].
    pub(super) async fn lock<'m>(
        &self,
        mutex: &'m RequestMutex,
    ) -> Result<KeyedMutexGuard<'m, (Uuid, String)>, TransferError> {
        let lock = mutex.lock((self.owner, self.key.clone()));
        let guard = tokio::time::timeout(MAX_WAIT, lock).await;
        guard.map_err(|_| TransferError::InProgress)
    }

    /// Returns the receipt of the same request, if that had its effect before.
    pub(super) async fn earlier_receipt(
        &self,
        store: &Store,
    ) -> Result<Option<Receipt>, TransferError> {
        match store.idempotency_record(self.owner, &self.key).await? {
            None => Ok(None),
            Some((payload_hash, receipt)) => {
                let receipt = self.recorded_receipt(store, &payload_hash, receipt);
                receipt.await.map(Some)
            }
        }
    }

    /// Returns the receipt that the record of this key names.
    pub(super) async fn recorded_receipt(
        &self,
        store: &Store,
        recorded_payload_hash: &str,
        receipt: Uuid,
    ) -> Result<Receipt, TransferError> {
        if recorded_payload_hash != self.payload_hash {
            return Err(TransferError::KeyReused);
        }
        let receipt = store.receipt(self.owner, receipt).await?;
        receipt.ok_or(TransferError::ReceiptGone)
    }

    pub(super) fn record(&self) -> IdempotencyRecord {
        IdempotencyRecord {
            key: self.key.clone(),
            payload_hash: self.payload_hash.clone(),
        }
    }
}
