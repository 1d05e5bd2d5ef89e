//! Deletes a collection. The receipt undoes the deletion for 30 days.

use super::collections::CollectionError;
use super::edit::{EditContext, NoteEdit, PreparedEdit};
use super::receipts;
use crate::clock::now;
use crate::store::Write;
use shared::api::ReceiptKind;
use shared::edit;
use shared::edit::is_deletion;
use shared::transfer::receipt::{self, ReceiptMetadata};
use std::sync::Arc;
use uuid::Uuid;

/// Deletes a collection that is still in the version that the user saw. Returns the id of the
/// receipt. The same request again finds that receipt. Without a version, the collection is deleted
/// as it is then stored.
pub async fn delete_collection(
    context: &EditContext<'_>,
    id: Uuid,
    seen_version: Option<String>,
) -> Result<Uuid, CollectionError> {
    let owner = context.owner;
    let seen_version = Arc::new(seen_version);
    let (version, request_id) = (seen_version.clone(), context.request_id.to_owned());
    let delete = context.apply("delete", id, move |stored| {
        let list = stored.list.as_deref();
        let version = match version.as_ref() {
            Some(version) => version.clone(),
            None => edit::stored_version(list, id)?,
        };
        let cut = edit::delete(list, owner, id, &version)?;
        let metadata = ReceiptMetadata {
            id: Uuid::new_v4(),
            kind: ReceiptKind::Deletion,
            at: now(),
            request_id: request_id.clone(),
            target_owner: owner,
        };
        let members = cut.item.num_members;
        let receipt = receipt::receipt(metadata, vec![cut.item]);
        Ok(PreparedEdit {
            write: Write::Cut {
                remaining: cut.list.into_bytes(),
                removed: cut.removed.into_bytes(),
                offset: cut.offset,
            },
            note: NoteEdit::Delete,
            other_notes: cut.other_notes,
            history: None,
            members,
            response: receipt.id,
            receipt: Some(receipt),
        })
    });
    match (delete.await, seen_version.as_ref()) {
        (Err(CollectionError::NotFound), Some(seen_version)) => {
            earlier_deletion(context, id, seen_version).await
        }
        (result, _) => result,
    }
}

/// Finds the receipt of an earlier deletion of the collection in the version that the user saw.
async fn earlier_deletion(
    context: &EditContext<'_>,
    id: Uuid,
    seen_version: &str,
) -> Result<Uuid, CollectionError> {
    let receipts = receipts::list(context.store, context.owner).await?;
    let receipt = receipts
        .iter()
        .find(|receipt| is_deletion(receipt, id, seen_version))
        .ok_or(CollectionError::NotFound)?;
    context.store.wait_for_replicas().await?;
    Ok(receipt.id)
}
