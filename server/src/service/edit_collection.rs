//! Changes the name or the members of a collection.

use super::collections::{CollectionError, Versioned};
use super::edit::{EditContext, PreparedEdit};
use crate::clock::now;
use shared::api::{CollectionSummary, PatchCollection};
use shared::edit;
use shared::edit::history::{self, RequestHash};
use std::sync::Arc;
use uuid::Uuid;

/// Changes a collection that is still in the version that the user saw. The same request again
/// finds its own effect, as long as nobody else has changed the collection since. Without a
/// version, the collection is changed as it is then stored.
pub async fn edit_collection(
    context: &EditContext<'_>,
    id: Uuid,
    seen_version: Option<String>,
    request: PatchCollection,
) -> Result<Versioned<CollectionSummary>, CollectionError> {
    let request = Arc::new((seen_version, request));
    let edit = context.apply("edit", id, move |stored| {
        let ((seen_version, request), now) = (&*request, now());
        let (list, stored_history) = (stored.list.as_deref(), stored.history.as_deref());
        let seen_version = match seen_version {
            Some(seen_version) => seen_version.clone(),
            None => edit::stored_version(list, id)?,
        };
        let request_hash = RequestHash::patch(&seen_version, request);
        let edited = edit::patch(list, stored_history, id, &seen_version, request, now);
        let edited = edited.or_else(|refused| {
            history::replay(list, stored_history, id, &request_hash, now).ok_or(refused)
        })?;
        let history_before = history::current(list, stored_history, id, now)?;
        PreparedEdit::with_history(edited, history_before, now, request_hash)
    });
    edit.await
}
