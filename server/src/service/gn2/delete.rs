//! Deletes several collections of one list. One receipt undoes the deletion.

use crate::service::CollectionError;
use crate::service::collections::list;
use crate::service::delete_collections::delete_collections;
use crate::service::edit::{EditContext, MAX_ATTEMPTS};
use shared::edit::{Deletion, Seen};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Deletes the chosen ones of the collections in the list as they are stored, and returns how many
/// there were.
pub async fn delete_chosen(
    context: &EditContext<'_>,
    is_chosen: impl Fn(&Uuid) -> bool,
) -> Result<usize, CollectionError> {
    for _ in 0..MAX_ATTEMPTS {
        let listed = list(context.store, context.owner).await?.value.collections;
        let ids = listed.iter().map(|collection| collection.id);
        let ids: BTreeSet<Uuid> = ids.filter(&is_chosen).collect();
        let number = ids.len();
        if number == 0 {
            return Ok(0);
        }
        let seen = Seen::Nothing;
        let deletions = ids.into_iter().map(|id| Deletion {
            id,
            seen: seen.clone(),
        });
        match delete_collections(context, deletions.collect()).await {
            // Somebody else has deleted one of them since.
            Err(CollectionError::NotFound) => {}
            result => return result.map(|_| number),
        }
    }
    Err(CollectionError::Contended)
}
