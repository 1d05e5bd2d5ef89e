//! Restores an earlier version of a collection from its history.

use super::collections::{CollectionError, Versioned};
use super::edit::{EditContext, PreparedEdit};
use crate::clock::now;
use shared::api::CollectionSummary;
use shared::edit::history::{self, RequestHash};
use std::sync::Arc;
use uuid::Uuid;

/// Restores a collection to its content before the change with this number, if it is still in the
/// version that the user saw. The same request again finds its own effect, as long as nobody else
/// has changed the collection since.
pub async fn restore_version(
    context: &EditContext<'_>,
    id: Uuid,
    seen_version: String,
    number: u32,
) -> Result<Versioned<CollectionSummary>, CollectionError> {
    let seen_version = Arc::new(seen_version);
    let restore = context.apply("go-back", id, move |stored| {
        let (list, stored_history) = (stored.list.as_deref(), stored.history.as_deref());
        let (request_hash, now) = (RequestHash::revert(&seen_version, number), now());
        let history_before = history::current(list, stored_history, id, now)?;
        let edited = history::revert(list, &history_before, id, &seen_version, number, now);
        let edited = edited.or_else(|refused| {
            history::replay(list, stored_history, id, &request_hash, now).ok_or(refused)
        })?;
        PreparedEdit::with_history(edited, history_before, now, request_hash)
    });
    restore.await
}
