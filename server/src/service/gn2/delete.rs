//! Deletes several collections of one list. Each deletion has a receipt that undoes it.

use crate::service::CollectionError;
use crate::service::collections::list;
use crate::service::delete_collection::delete_collection;
use crate::service::edit::EditContext;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Deletes the chosen ones of the collections in the list, and returns how many there were.
pub async fn delete_collections(
    context: &EditContext<'_>,
    is_chosen: impl Fn(&Uuid) -> bool,
) -> Result<usize, CollectionError> {
    let listed = list(context.store, context.owner).await?.value.collections;
    let ids = listed.iter().map(|collection| collection.id);
    let ids: BTreeSet<Uuid> = ids.filter(is_chosen).collect();
    let mut deleted = 0;
    for id in ids {
        match delete_collection(context, id, None).await {
            Ok(_) => deleted += 1,
            // Somebody else was faster.
            Err(CollectionError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(deleted)
}
