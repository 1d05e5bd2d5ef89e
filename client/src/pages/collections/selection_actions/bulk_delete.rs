//! Deletes the selected collections, with one button that undoes all deletions.

use super::SelectedCollections;
use crate::components::toast::{Toast, Toaster};
use crate::hooks::{CollectionActions, DeletedCollections, EditError};
use crate::pages::delete_actions::show_failure;
use crate::state::collection_row::CollectionLocation;
use crate::text::bulk_delete as text;
use crate::text::collections::DELETED;
use crate::text::editing::DELETE_STALE;
use crate::text::general::UNDO;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

impl SelectedCollections {
    /// Deletes the collections of the browser in one transaction and those of the account with one
    /// request, and reports the result. Collections that are not deleted stay selected.
    pub(super) async fn delete(&self) {
        let (mut browser, mut account) = (Vec::new(), Vec::new());
        for row in self.rows.iter() {
            match &row.location {
                CollectionLocation::Browser { id, .. } => browser.push(id.clone()),
                CollectionLocation::Account(id) => account.push(row.shown(*id)),
            }
        }
        let (num_browser, num_account) = (browser.len() as u64, account.len() as u64);
        let (mut deleted, mut failure) = (Vec::new(), None);
        if num_browser > 0 {
            match self.actions.delete_from_browser(browser).await {
                Ok(collections) => deleted.push((num_browser, collections)),
                Err(error) => failure = Some(error),
            }
        }
        if num_account > 0 && failure.is_none() {
            match self.actions.delete_from_account(account).await {
                Ok(collections) => deleted.push((num_account, collections)),
                Err(error) => failure = Some(error),
            }
        }
        self.report(deleted, failure.as_ref());
    }

    fn report(&self, deleted: Vec<(u64, DeletedCollections)>, failure: Option<&EditError>) {
        let num_deleted = deleted.iter().map(|(number, _)| number).sum::<u64>();
        let num_failed = self.rows.len() as u64 - num_deleted;
        let toast = match (&*self.rows, failure) {
            ([row], None) => Toast::new(DELETED).with_name(row.name.clone()),
            ([row], Some(EditError::Conflict(_))) => {
                Toast::new(DELETE_STALE).with_name(row.name.clone())
            }
            ([_], Some(error)) => return show_failure(&self.toaster, error),
            _ => Toast::new(text::deleted_message(num_deleted, num_failed, failure)),
        };
        if num_deleted == 0 {
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
    deleted: Vec<(u64, DeletedCollections)>,
) {
    let (mut restored, mut failed, mut first_error) = (0, 0, None);
    for (number, collections) in &deleted {
        if first_error.is_none() {
            first_error = actions.restore(collections).await.err();
        }
        let counter = if first_error.is_none() {
            &mut restored
        } else {
            &mut failed
        };
        *counter += number;
    }
    let message = text::restored_message(restored, failed, first_error.as_ref());
    toaster.show(Toast::new(message));
}
