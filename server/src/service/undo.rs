//! Takes a transfer or a deletion back.

use super::apart::apart;
use super::clock::now;
use super::idempotency::{Once, Running};
use super::transfers::TransferError;
use crate::store::{
    Audit, Change, Commit, Committed, HISTORY_DAYS, Hash, NewReceipt, Store, StoreError, Write,
};
use shared::api::{Receipt, ReceiptKind};
use shared::edit::delete::{CannotPutBack, put_back};
use shared::transfer::receipt::{self, Occasion};
use shared::transfer::undo::{self, CannotUndo, ChangedValue, Place, Restored, Undone};
use uuid::Uuid;

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
    for _ in 0..ATTEMPTS {
        if let Some(receipt) = once.before(store).await? {
            return Ok(receipt);
        }
        let record = store.receipt_record(attempt.owner, attempt.receipt).await?;
        let (receipt, stored) = record.ok_or(UndoError::NotFound)?;
        if receipt.kind == ReceiptKind::Undo {
            return Err(UndoError::NotUndoable("it is an undo itself"));
        }
        if receipt.undone_by.is_some() {
            return Err(UndoError::NotUndoable("it was undone before"));
        }
        let (values, undone) = if receipt.kind == ReceiptKind::Deletion {
            deletion(store, attempt).await?
        } else {
            transfer(store, attempt, &receipt).await?
        };
        match commit(store, attempt, &once, &receipt, &stored, &values, &undone).await? {
            (Committed::Now, receipt) => return Ok(receipt),
            (
                Committed::Before {
                    payload_hash,
                    receipt_id,
                },
                _,
            ) => {
                return Ok(once.receipt(store, &payload_hash, receipt_id).await?);
            }
            (Committed::Stale, _) => {}
        }
    }
    Err(UndoError::Contended)
}

const TOO_LATE: UndoError = UndoError::NotUndoable("its time is over");

/// What taking a transfer back comes to now.
async fn transfer(
    store: &Store,
    attempt: &UndoAttempt<'_>,
    receipt: &Receipt,
) -> Result<(Vec<ChangedValue>, Undone), UndoError> {
    let values = store.changed_values(attempt.owner, receipt.id).await?;
    let values = values.ok_or(TOO_LATE)?;
    let bytes = values.iter().map(|value| {
        let len = |value: &Option<Vec<u8>>| value.as_ref().map_or(0, Vec::len);
        len(&value.before) + len(&value.current)
    });
    let receipt = receipt.clone();
    let (values, undone) = apart(bytes.sum(), move || {
        let undone = undo::undo(&receipt, &values);
        (values, undone)
    })
    .await;
    Ok((values, undone?))
}

/// What putting a deleted collection back comes to now.
async fn deletion(
    store: &Store,
    attempt: &UndoAttempt<'_>,
) -> Result<(Vec<ChangedValue>, Undone), UndoError> {
    let owner = attempt.owner;
    let kept = store.kept(owner, attempt.receipt).await?;
    let kept = kept.ok_or(TOO_LATE)?;
    let current = store.list(owner).await?;
    let after = Some(kept.after.clone());
    let (current, back) = apart(current.as_ref().map_or(0, Vec::len), move || {
        let back = put_back(current.as_deref(), owner, &kept, now());
        (current, back)
    })
    .await;
    let back = back?;
    let values = vec![ChangedValue {
        place: Place::Target,
        before: None,
        after,
        current,
    }];
    let undone = Undone {
        values: vec![back.list.map_or(Restored::Keep, Restored::Set)],
        items: vec![back.item],
    };
    Ok((values, undone))
}

async fn commit(
    store: &Store,
    attempt: &UndoAttempt<'_>,
    once: &Once<'_>,
    undoes: &Receipt,
    stored: &[u8],
    values: &[ChangedValue],
    undone: &Undone,
) -> Result<(Committed, Receipt), StoreError> {
    let occasion = Occasion {
        id: Uuid::new_v4(),
        kind: ReceiptKind::Undo,
        at: now(),
        request_id: attempt.request_id.to_owned(),
        target_owner: attempt.owner,
    };
    let receipt = receipt::receipt(occasion, undone.items.clone());
    let receipt_json = serde_json::to_string(&receipt)?;
    let undone_by = Some(receipt.id);
    let marked = serde_json::to_string(&Receipt {
        undone_by,
        ..undoes.clone()
    })?;
    let owner = attempt.owner.to_string();
    let undoes_id = undoes.id.to_string();
    let mut changes: Vec<Change<'_>> = values
        .iter()
        .zip(&undone.values)
        .map(|(value, restored)| change(&owner, value, restored))
        .collect();
    changes.push(Change {
        hash: Hash::Receipts,
        field: &undoes_id,
        planned: Some(stored),
        write: Write::Set(marked.as_bytes()),
        new_hash: None,
    });
    // The history of what comes back lives on with it.
    let deleted = undoes
        .items
        .first()
        .and_then(|item| item.source_id.as_deref());
    let deleted = deleted.filter(|_| undoes.kind == ReceiptKind::Deletion);
    let history = deleted.and_then(|id| Some((Uuid::parse_str(id).ok()?, HISTORY_DAYS)));
    let commit = Commit {
        owner: attempt.owner,
        once: Some(once.record()),
        receipt: Some(NewReceipt {
            id: receipt.id,
            json: &receipt_json,
            // A deletion can be made again; its undo needs no copy of the whole list.
            image: undoes.kind != ReceiptKind::Deletion,
        }),
        audit: Audit {
            kind: "undo",
            from: &owner,
            counts: (receipt.moved, receipt.members),
            request_id: attempt.request_id,
        },
        changes,
        history,
    };
    Ok((store.commit(&commit).await?, receipt))
}

fn change<'a>(owner: &'a str, value: &'a ChangedValue, restored: &'a Restored) -> Change<'a> {
    let (hash, field) = match &value.place {
        Place::Target => (Hash::Collections, owner),
        Place::Source(source) => (Hash::LegacyCollections, source.as_str()),
        Place::Flag(email) => (Hash::Migratable, email.as_str()),
    };
    Change {
        hash,
        field,
        planned: value.current.as_deref(),
        write: match restored {
            Restored::Keep => Write::Keep,
            Restored::Set(value) => Write::Set(value),
            Restored::Remove => Write::Delete,
        },
        new_hash: None,
    }
}
