//! Deletes the selected collections, with one button that undoes all deletions.

use super::SelectedCollections;
use crate::components::toast::{Toast, Toaster};
use crate::hooks::{CollectionActions, DeletedCollections, EditError};
use crate::pages::delete_actions::show_failure;
use crate::state::collection_row::{CollectionLocation, CollectionRow};
use crate::text::bulk_delete::{self as text, BulkDeleteResult};
use crate::text::collections::DELETED;
use crate::text::editing::DELETE_STALE;
use crate::text::general::UNDO;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

impl SelectedCollections {
    /// Deletes the collections until the first error and reports the result. Collections that are
    /// not deleted stay selected.
    pub(super) async fn delete(&self) {
        let mut result = BulkDeleteResult::default();
        let (mut deleted, mut first_error) = (Vec::new(), None);
        let ids: Vec<String> = self
            .in_browser()
            .into_iter()
            .map(|collection| collection.id)
            .collect();
        let number = ids.len() as u64;
        if number > 0 {
            match self.actions.delete_from_browser(ids).await {
                Ok(collections) => {
                    result.deleted += number;
                    deleted.push(collections);
                }
                Err(error) => {
                    result.failed += number;
                    first_error = Some(error);
                }
            }
        }
        for row in self.rows.iter() {
            let CollectionLocation::Account(id) = &row.location else {
                continue;
            };
            if first_error.is_some() {
                result.failed += 1;
                continue;
            }
            let is_unchanged = |summary: &_| CollectionRow::from(summary) == *row;
            match self.actions.delete_from_account(*id, is_unchanged).await {
                Ok(collection) => {
                    result.deleted += 1;
                    deleted.push(collection);
                }
                Err(EditError::Conflict(_)) => result.changed += 1,
                Err(EditError::Gone) => result.missing += 1,
                Err(error) => {
                    result.failed += 1;
                    first_error = Some(error);
                }
            }
        }
        self.report(result, first_error.as_ref(), deleted);
    }

    fn report(
        &self,
        result: BulkDeleteResult,
        error: Option<&EditError>,
        deleted: Vec<DeletedCollections>,
    ) {
        let toast = match (&*self.rows, result, error) {
            ([row], BulkDeleteResult { deleted: 1, .. }, _) => {
                Toast::new(DELETED).with_name(row.name.clone())
            }
            ([row], BulkDeleteResult { changed: 1, .. }, _) => {
                Toast::new(DELETE_STALE).with_name(row.name.clone())
            }
            ([_], _, Some(error)) => return show_failure(&self.toaster, error),
            _ => Toast::new(text::deleted_message(result, error)),
        };
        if result.deleted == 0 {
            return self.toaster.show(toast);
        }
        let undo = {
            let (actions, toaster) = (self.actions.clone(), self.toaster.clone());
            Callback::from(move |()| {
                spawn_local(restore_all(
                    actions.clone(),
                    toaster.clone(),
                    deleted.clone(),
                ));
            })
        };
        self.toaster
            .show(toast.with_action(UNDO, undo).with_focus());
    }
}

/// Restores the collections until the first error and reports the result.
async fn restore_all(
    actions: CollectionActions,
    toaster: Toaster,
    deleted: Vec<DeletedCollections>,
) {
    let (mut restored, mut failed, mut first_error) = (0, 0, None);
    for collections in &deleted {
        let number = match collections {
            DeletedCollections::Browser(ids) => ids.len() as u64,
            DeletedCollections::Account(_) => 1,
        };
        // Without a receipt, whose response was lost, a collection can only be restored under
        // "Recently deleted".
        if first_error.is_none() && *collections != DeletedCollections::Account(None) {
            first_error = actions.restore(collections).await.err();
            if first_error.is_none() {
                restored += number;
                continue;
            }
        }
        failed += number;
    }
    let message = text::restored_message(restored, failed, first_error.as_ref());
    toaster.show(Toast::new(message));
}
