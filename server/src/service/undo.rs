//! Takes a transfer or a deletion back.
//!
//! - [`found`]: what it is decided on
//! - [`worked_out`]: what it comes to, and what is stored

mod found;
mod worked_out;

use super::apart::{apart, apart_unawaited};
use super::idempotency::{Once, Running};
use super::ready;
use super::transfers::TransferError;
use crate::store::{Committed, Purpose, Store, StoreError};
use found::Receipts;
use shared::api::Receipt;
use shared::edit::delete::CannotPutBack;
use shared::transfer::undo::CannotUndo;
use uuid::Uuid;
use worked_out::{Request, decide};

/// How often a foreign writer may come in between before the person is asked to try again.
const ATTEMPTS: usize = 10;

/// Why a transfer was not taken back. Nothing was changed, but for a failing store: there it may have
/// been, and the same request again tells.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// As for any transfer.
    #[error(transparent)]
    Transfer(#[from] TransferError),
    /// The account has no such receipt.
    #[error("the account has no such receipt")]
    NotFound,
    /// It records an undo, was undone already, or its time is over.
    #[error("it cannot be undone: {0}")]
    NotUndoable(&'static str),
    /// Everything was changed since, or the account's list cannot be read.
    #[error(transparent)]
    Cannot(#[from] CannotUndo),
    /// A deleted collection cannot go back into the account's list.
    #[error(transparent)]
    CannotPutBack(#[from] CannotPutBack),
    /// Other programs changed the lists again and again meanwhile.
    #[error("the lists are being changed by other programs")]
    Contended,
}

impl From<StoreError> for UndoError {
    fn from(error: StoreError) -> Self {
        Self::Transfer(error.into())
    }
}

/// One request to take a transfer back.
pub struct UndoAttempt<'a> {
    /// The account that received.
    pub owner: Uuid,
    /// The receipt of the transfer.
    pub receipt: Uuid,
    /// The client's key for this request.
    pub idempotency_key: &'a str,
    /// Id of the request.
    pub request_id: &'a str,
}

/// Takes a transfer back, once per idempotency key: whole if nothing was touched since, else item by item.
///
/// # Errors
/// [`UndoError`].
pub async fn undo(
    store: &Store,
    running: &Running,
    attempt: &UndoAttempt<'_>,
) -> Result<Receipt, UndoError> {
    let payload = attempt.receipt.as_bytes();
    let once = Once::new(attempt.owner, attempt.idempotency_key, "undo", payload);
    let _turn = once.turn(running).await?;
    let purpose = Purpose::Undo {
        idempotency_key: attempt.idempotency_key,
        receipt: attempt.receipt,
    };
    let reading = Receipts { store, attempt };
    for _ in 0..ATTEMPTS {
        if let Some(receipt) = once.before(store).await? {
            return Ok(receipt);
        }
        let (found, watched) = ready::read(store, attempt.owner, purpose, &reading).await?;
        let request = Request::new(attempt, &once);
        let bytes = found.bytes();
        let undo = apart(bytes, move || decide(request, found)).await?;
        let (undo, committed) = ready::store(store, undo, watched).await?;
        match committed {
            Committed::Now => {
                let (receipt, rest) = undo.into_receipt();
                // To give back so much memory takes a while, and nobody has to wait for it.
                apart_unawaited(bytes, move || drop(rest));
                return Ok(receipt);
            }
            Committed::Before {
                payload_hash,
                receipt_id,
            } => return Ok(once.receipt(store, &payload_hash, receipt_id).await?),
            Committed::Stale => {}
        }
    }
    Err(UndoError::Contended)
}
