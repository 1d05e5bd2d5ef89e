//! Undoes a transfer or a deletion: as a whole if nothing was changed since, else collection by
//! collection.

use super::idempotency::{IdempotentRequest, RequestMutex};
use super::transfer_error::TransferError;
use crate::blocking::run_blocking;
use crate::clock::now;
use crate::store::{
    ActorKind, AuditRecord, Change, ChangedHash, CommitRequest, CommitResult, HISTORY_DAYS,
    IdempotencyRecord, NewReceipt, Store, StoreError, Write,
};
use shared::api::{Receipt, ReceiptKind};
use shared::edit::{CannotRestore, DeletedEntries, restore};
use shared::transfer::receipt::{self, ReceiptMetadata};
use shared::transfer::undo::{self, CannotUndo, ChangedValue, UndoWrite, ValueLocation};
use uuid::Uuid;

/// How often other programs may change the lists before the user is asked to try again.
const MAX_ATTEMPTS: usize = 10;

const EXPIRED: UndoError = UndoError::NotUndoable("its time is over");
const DROPPED: UndoError = UndoError::NotUndoable(
    "the values before it were deleted, because the account had more than its quota",
);

/// An undo that did not happen. Nothing was changed, except perhaps by a failing store: there the
/// undo may have happened, and the same request again tells.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    #[error(transparent)]
    Transfer(#[from] TransferError),
    #[error("the account has no such receipt")]
    NotFound,
    #[error("it cannot be undone: {0}")]
    NotUndoable(&'static str),
    #[error(transparent)]
    Cannot(#[from] CannotUndo),
    #[error(transparent)]
    CannotRestore(#[from] CannotRestore),
    #[error("the lists are being changed by other programs")]
    Contended,
}

impl From<StoreError> for UndoError {
    fn from(error: StoreError) -> Self {
        Self::Transfer(error.into())
    }
}

/// A request to undo a transfer or a deletion.
pub struct UndoRequest {
    pub actor: ActorKind,
    pub owner: Uuid,
    /// The receipt of the transfer or the deletion.
    pub receipt: Uuid,
    pub idempotency_key: String,
    pub request_id: String,
}

/// The stored values that an undo is decided on.
struct ReceiptValues {
    receipt: Receipt,
    /// The receipt as stored.
    receipt_json: Vec<u8>,
    changes: StoredChanges,
}

enum StoredChanges {
    Transfer(Vec<ChangedValue>),
    Deletion {
        entries: DeletedEntries,
        current_list: Option<Vec<u8>>,
    },
}

/// Undoes a transfer or a deletion, once per idempotency key. Returns the receipt of the undo.
pub async fn undo(
    store: &Store,
    mutex: &RequestMutex,
    request: &UndoRequest,
) -> Result<Receipt, UndoError> {
    let payload = request.receipt.as_bytes();
    let idempotent =
        IdempotentRequest::new(request.owner, &request.idempotency_key, "undo", payload);
    let _guard = idempotent.lock(mutex).await?;
    for _ in 0..MAX_ATTEMPTS {
        if let Some(receipt) = idempotent.earlier_receipt(store).await? {
            return Ok(receipt);
        }
        match attempt(store, request, &idempotent).await {
            Ok(Some(receipt)) => return Ok(receipt),
            Ok(None) => {}
            Err(failure @ UndoError::Transfer(_)) => return Err(failure),
            // The same request in another process may be the reason; then its receipt is the
            // answer.
            Err(refusal) => {
                let receipt = idempotent.earlier_receipt(store).await?;
                return receipt.ok_or(refusal);
            }
        }
    }
    Err(UndoError::Contended)
}

/// Undoes it on the values as they are now stored. Returns `None` if they changed meanwhile.
async fn attempt(
    store: &Store,
    request: &UndoRequest,
    idempotent: &IdempotentRequest,
) -> Result<Option<Receipt>, UndoError> {
    let stored = read(store, request).await?;
    let record = idempotent.record();
    let actor = request.actor;
    let metadata = ReceiptMetadata {
        id: Uuid::new_v4(),
        kind: ReceiptKind::Undo,
        at: now(),
        request_id: request.request_id.clone(),
        target_owner: request.owner,
    };
    let prepared = run_blocking(stored.bytes(), move || {
        commit_request(stored, metadata, actor, record)
    });
    let (commit, receipt) = prepared.await?;
    match store.commit(commit).await? {
        CommitResult::Applied => Ok(Some(receipt)),
        CommitResult::Replayed {
            payload_hash,
            receipt,
        } => {
            let receipt = idempotent.recorded_receipt(store, &payload_hash, receipt);
            Ok(Some(receipt.await?))
        }
        CommitResult::Conflict => Ok(None),
    }
}

async fn read(store: &Store, request: &UndoRequest) -> Result<ReceiptValues, UndoError> {
    let (owner, id) = (request.owner, request.receipt);
    let record = store.receipt_record(owner, id).await?;
    let (receipt, receipt_json) = record.ok_or(UndoError::NotFound)?;
    if receipt.kind == ReceiptKind::Undo {
        return Err(UndoError::NotUndoable("it is an undo itself"));
    }
    if receipt.undone_by.is_some() {
        return Err(UndoError::NotUndoable("it was undone before"));
    }
    if receipt.is_summary {
        return Err(DROPPED);
    }
    let expired = if receipt.undoable_until > now() {
        DROPPED
    } else {
        EXPIRED
    };
    let changes = if receipt.kind == ReceiptKind::Deletion {
        let entries = store.deleted_entries(owner, id).await?;
        StoredChanges::Deletion {
            entries: entries.ok_or(expired)?,
            current_list: store.list(owner).await?,
        }
    } else {
        let values = store.changed_values(owner, id).await?;
        StoredChanges::Transfer(values.ok_or(expired)?)
    };
    Ok(ReceiptValues {
        receipt,
        receipt_json,
        changes,
    })
}

/// Returns the ids of the collections whose deletion this receipt records.
fn deleted_collections(receipt: &Receipt) -> Vec<Uuid> {
    let ids = receipt
        .items
        .iter()
        .filter_map(|item| item.source_id.as_deref());
    ids.filter_map(|id| Uuid::parse_str(id).ok()).collect()
}

/// Returns the commit of an undo, and its receipt.
fn commit_request(
    stored: ReceiptValues,
    metadata: ReceiptMetadata,
    actor: ActorKind,
    idempotency: IdempotencyRecord,
) -> Result<(CommitRequest, Receipt), UndoError> {
    let mut original = stored.receipt;
    let owner = metadata.target_owner;
    let request_id = metadata.request_id.clone();
    let mut histories = Vec::new();
    let is_deletion = matches!(stored.changes, StoredChanges::Deletion { .. });
    let (mut changes, items) = match stored.changes {
        StoredChanges::Transfer(values) => {
            let output = undo::undo(&original, &values)?;
            let changes = values.into_iter().zip(output.values);
            let changes = changes.map(|(value, restored)| undo_change(owner, value, restored));
            (changes.collect(), output.items)
        }
        StoredChanges::Deletion {
            entries,
            current_list,
        } => {
            let restored = restore(current_list.as_deref(), owner, &entries, metadata.at)?;
            // The histories of the collections are kept again as long as those of any other.
            histories = deleted_collections(&original);
            let change = Change {
                hash: ChangedHash::Collections,
                field: owner.to_string(),
                expected: current_list,
                write: restored.list.map_or(Write::Keep, Write::Set),
            };
            let mut changes = vec![change];
            changes.extend(restored.notes.into_iter().map(Change::from));
            (changes, restored.items)
        }
    };
    let receipt = receipt::receipt(metadata, items);
    original.undone_by = Some(receipt.id);
    changes.push(Change {
        hash: ChangedHash::Receipts,
        field: original.id.to_string(),
        expected: Some(stored.receipt_json),
        write: Write::Set(json(&original)?),
    });
    let commit = CommitRequest {
        owner,
        idempotency: Some(idempotency),
        receipt: Some(NewReceipt {
            id: receipt.id,
            json: json(&receipt)?.into(),
            // A collection can be deleted again; that undo needs no copy of the whole list.
            keeps_before_image: !is_deletion,
            is_full: true,
        }),
        audit: AuditRecord {
            actor,
            kind: "undo",
            from: owner.to_string(),
            collections: receipt.moved,
            members: receipt.members,
            request_id,
        },
        changes,
        histories,
        history_days: HISTORY_DAYS,
    };
    Ok((commit, receipt))
}

fn undo_change(owner: Uuid, value: ChangedValue, restored: UndoWrite) -> Change {
    let (hash, field) = match value.location {
        ValueLocation::Target => (ChangedHash::Collections, owner.to_string()),
        ValueLocation::Source(hash, source) => (hash.into(), source.as_str().to_owned()),
        ValueLocation::Flag(email) => (ChangedHash::Migratable, email),
        ValueLocation::Note(collection) => (ChangedHash::Notes, collection.to_string()),
    };
    Change {
        hash,
        field,
        expected: value.current,
        write: match restored {
            UndoWrite::Keep => Write::Keep,
            UndoWrite::Set(value) => Write::Set(value),
            UndoWrite::Remove => Write::Delete,
        },
    }
}

fn json(receipt: &Receipt) -> Result<Vec<u8>, StoreError> {
    Ok(serde_json::to_vec(receipt)?)
}

impl ReceiptValues {
    fn bytes(&self) -> usize {
        let len = |value: &Option<Vec<u8>>| value.as_ref().map_or(0, Vec::len);
        let changes = match &self.changes {
            StoredChanges::Transfer(values) => values
                .iter()
                .map(|value| len(&value.before) + len(&value.current))
                .sum(),
            StoredChanges::Deletion {
                entries,
                current_list,
            } => {
                let removed = entries.removed.iter().map(|removed| removed.text.len());
                removed.sum::<usize>() + len(current_list)
            }
        };
        self.receipt_json.len() + changes
    }
}
