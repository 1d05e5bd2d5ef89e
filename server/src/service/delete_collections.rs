//! Deletes collections of an account, all or none. The receipt undoes the deletion for 30 days.

use super::collections::CollectionError;
use super::edit::{EditContext, MAX_ATTEMPTS};
use super::receipts;
use crate::blocking::run_blocking;
use crate::clock::now;
use crate::store::{
    AuditRecord, Change, ChangedHash, CommitRequest, CommitResult, DELETED_HISTORY_DAYS,
    NewReceipt, StoreError, Write,
};
use shared::api::ReceiptKind;
use shared::edit::{self, Deletion, records_deletion};
use shared::transfer::receipt::{self, ReceiptMetadata};
use std::sync::Arc;
use uuid::Uuid;

/// The list of an account, and the notes of the collections to delete.
struct StoredLists {
    list: Option<Vec<u8>>,
    notes: Vec<(Uuid, Option<String>)>,
}

/// Deletes collections that are still what the user saw. Returns the id of the receipt. The same
/// request again finds that receipt.
pub async fn delete_collections(
    context: &EditContext<'_>,
    deletions: Vec<Deletion>,
) -> Result<Uuid, CollectionError> {
    let ids: Vec<Uuid> = deletions.iter().map(|deletion| deletion.id).collect();
    let deletions = Arc::new(deletions);
    let _guard = context.account_mutex.lock(context.owner).await;
    for _ in 0..MAX_ATTEMPTS {
        let (list, notes) = context.store.list_and_notes(context.owner, &ids).await?;
        let bytes = list.as_ref().map_or(0, Vec::len);
        let stored = StoredLists {
            list,
            notes: ids.iter().copied().zip(notes).collect(),
        };
        let (owner, audit) = (context.owner, context.audit_record("delete"));
        let wanted = deletions.clone();
        let prepared = run_blocking(bytes, move || commit_request(owner, audit, stored, &wanted));
        let (commit, receipt) = match prepared.await {
            Err(CollectionError::NotFound) => return earlier_deletion(context, &deletions).await,
            prepared => prepared?,
        };
        if let CommitResult::Applied = context.store.commit(commit).await? {
            return Ok(receipt);
        }
    }
    Err(CollectionError::Contended)
}

/// Returns the commit of a deletion, and the id of its receipt.
fn commit_request(
    owner: Uuid,
    audit: AuditRecord,
    stored: StoredLists,
    deletions: &[Deletion],
) -> Result<(CommitRequest, Uuid), CollectionError> {
    let deleted = edit::delete(stored.list.as_deref(), owner, deletions)?;
    let metadata = ReceiptMetadata {
        id: Uuid::new_v4(),
        kind: ReceiptKind::Deletion,
        at: now(),
        request_id: audit.request_id.clone(),
        target_owner: owner,
    };
    let audit = AuditRecord {
        collections: deleted.items.len() as u64,
        members: deleted.items.iter().map(|item| item.num_members).sum(),
        ..audit
    };
    let receipt = receipt::receipt(metadata, deleted.items);
    let mut changes = vec![Change {
        hash: ChangedHash::Collections,
        field: owner.to_string(),
        expected: stored.list,
        write: Write::Cut {
            remaining: deleted.list.into_bytes(),
            removed: deleted.removed,
        },
    }];
    // The before-image of a deletion has the notes after the list.
    let notes = stored.notes.into_iter();
    changes.extend(notes.filter_map(|(collection, note)| {
        Some(Change {
            hash: ChangedHash::Notes,
            field: collection.to_string(),
            expected: Some(note?.into_bytes()),
            write: Write::Delete,
        })
    }));
    changes.extend(deleted.other_notes.into_iter().map(Change::from));
    let json = serde_json::to_vec(&receipt).map_err(StoreError::from)?;
    let ids = deletions.iter().map(|deletion| deletion.id);
    let commit = CommitRequest {
        owner,
        idempotency: None,
        receipt: Some(NewReceipt {
            id: receipt.id,
            json: json.into(),
            keeps_before_image: true,
            is_full: receipt.items.len() > 1,
        }),
        audit,
        changes,
        histories: ids.collect(),
        history_days: DELETED_HISTORY_DAYS,
    };
    Ok((commit, receipt.id))
}

/// Finds the receipt of the same deletion before.
async fn earlier_deletion(
    context: &EditContext<'_>,
    deletions: &[Deletion],
) -> Result<Uuid, CollectionError> {
    let receipts = receipts::list(context.store, context.owner).await?;
    let receipt = receipts
        .iter()
        .find(|receipt| records_deletion(receipt, deletions))
        .ok_or(CollectionError::NotFound)?;
    context.store.wait_for_replicas().await?;
    Ok(receipt.id)
}
