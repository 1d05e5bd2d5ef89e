//! Deleting and restoring collections with a toast that reports the result, for several pages.

use crate::components::toast::{Toast, Toaster, use_toaster};
use crate::hooks::{CollectionActions, DeletedCollections, EditError, use_collection_actions};
use crate::state::collection_row::{CollectionLocation, CollectionRow};
use crate::text::collections::{BROWSER_COPY_REMOVED, DELETED, RESTORED};
use crate::text::editing::{self, DELETE_STALE};
use crate::text::general::UNDO;
use shared::api::ShownCollection;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

pub fn show_failure(toaster: &Toaster, error: &EditError) {
    toaster.show(Toast::new(editing::edit_error(error).one_line()));
}

/// Shows that a collection was deleted, with an undo button that takes the focus of the delete
/// button.
pub fn show_deleted(
    actions: &CollectionActions,
    toaster: &Toaster,
    deleted: DeletedCollections,
    message: AttrValue,
    name: Option<AttrValue>,
) {
    let toast = Toast {
        name: name.clone(),
        ..Toast::new(message)
    };
    if deleted == DeletedCollections::Account(None) {
        // The response with the receipt was lost. The collection is under "Recently deleted".
        toaster.show(toast);
        return;
    }
    let undo = {
        let (actions, toaster) = (actions.clone(), toaster.clone());
        Callback::from(move |()| {
            restore(&actions, &toaster, deleted.clone(), name.clone(), |_| ());
        })
    };
    toaster.show(toast.with_action(UNDO, undo).with_focus());
}

/// Restores deleted collections and calls `on_result` with whether it worked. Without a `name`, the
/// caller reports what was restored.
pub fn restore(
    actions: &CollectionActions,
    toaster: &Toaster,
    deleted: DeletedCollections,
    name: Option<AttrValue>,
    on_result: impl FnOnce(bool) + 'static,
) {
    let (actions, toaster) = (actions.clone(), toaster.clone());
    spawn_local(async move {
        let result = actions.restore(&deleted).await;
        match (&result, name) {
            (Ok(()), Some(name)) => toaster.show(Toast::new(RESTORED).with_name(name)),
            (Ok(()), None) => {}
            (Err(error), _) => show_failure(&toaster, error),
        }
        on_result(result.is_ok());
    });
}

#[derive(Debug, Clone, PartialEq)]
pub struct DeleteRequest {
    pub target: DeleteTarget,
    /// Shown after the deletion; may contain `{name}`.
    pub message: AttrValue,
    pub name: Option<AttrValue>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum DeleteTarget {
    /// Ids of collections of this browser.
    Browser(Vec<String>),
    /// A collection of the account, unless it has changed since it was shown.
    Account(ShownCollection),
}

impl DeleteRequest {
    /// Removes the browser's copy of a collection of the account.
    pub fn browser_copy(row: CollectionRow) -> Self {
        Self {
            message: BROWSER_COPY_REMOVED.into(),
            name: Some(row.name),
            target: DeleteTarget::Browser(row.browser_copy.into_iter().collect()),
        }
    }

    pub fn row(row: CollectionRow) -> Self {
        Self {
            message: DELETED.into(),
            target: match &row.location {
                CollectionLocation::Browser { id, .. } => DeleteTarget::Browser(vec![id.clone()]),
                CollectionLocation::Account(id) => DeleteTarget::Account(row.shown(*id)),
            },
            name: Some(row.name),
        }
    }
}

/// Returns a callback that deletes collections and offers to undo it.
#[hook]
pub fn use_delete_action() -> Callback<DeleteRequest> {
    let (actions, toaster) = (use_collection_actions(), use_toaster());
    Callback::from(move |request| spawn_local(delete(actions.clone(), toaster.clone(), request)))
}

async fn delete(actions: CollectionActions, toaster: Toaster, request: DeleteRequest) {
    let result = match request.target {
        DeleteTarget::Browser(ids) => actions.delete_from_browser(ids).await,
        DeleteTarget::Account(shown) => actions.delete_from_account(vec![shown]).await,
    };
    match result {
        Ok(deleted) => show_deleted(&actions, &toaster, deleted, request.message, request.name),
        Err(EditError::Conflict(_)) => toaster.show(Toast {
            name: request.name,
            ..Toast::new(DELETE_STALE)
        }),
        Err(error) => show_failure(&toaster, &error),
    }
}
