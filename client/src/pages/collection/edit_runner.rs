//! Runs an edit of a collection and reports the result: as a toast, or as a conflict.

use super::conflict::Conflict;
use crate::components::dom::focus_heading;
use crate::components::toast::{Toast, Toaster};
use crate::hooks::{CollectionActions, CollectionEdit, CollectionHandle, EditError, SaveOutcome};
use crate::pages::delete_actions::{show_deleted, show_failure};
use crate::route::Route;
use crate::text::collections::{DELETED, RENAMED};
use crate::text::editing::NOT_STORED_YET;
use crate::text::general::UNDO;
use crate::text::history::VERSION_RESTORED;
use crate::text::{collection as text, table};
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;
use yew_router::prelude::Navigator;

/// Attempts to undo a removal while others change the collection.
const UNDO_ATTEMPTS: u32 = 5;

#[derive(Clone)]
pub(super) struct EditRunner {
    pub(super) handle: CollectionHandle,
    pub(super) name: AttrValue,
    pub(super) actions: CollectionActions,
    pub(super) toaster: Toaster,
    pub(super) navigator: Option<Navigator>,
    pub(super) is_renaming: UseStateSetter<bool>,
    pub(super) is_busy: UseStateSetter<bool>,
    pub(super) had_conflict: bool,
    pub(super) conflict: UseStateSetter<Option<Rc<Conflict>>>,
}

impl EditRunner {
    pub(super) async fn run(self, edit: CollectionEdit) {
        self.is_busy.set(true);
        let result = self.handle.edit(&edit).await;
        self.is_busy.set(false);
        let difference = match result {
            Ok(outcome) => return self.report_success(edit, outcome),
            Err(EditError::Conflict(difference)) => Some(difference),
            Err(EditError::Gone) => None,
            Err(error) => return show_failure(&self.toaster, &error),
        };
        self.conflict
            .set(Some(Rc::new(Conflict { edit, difference })));
    }

    fn report_success(&self, edit: CollectionEdit, outcome: SaveOutcome) {
        if self.had_conflict {
            self.conflict.set(None);
            // The pressed button disappears with the notice.
            focus_heading();
        }
        let toast = match edit {
            CollectionEdit::Rename(name) => {
                self.is_renaming.set(false);
                Toast::new(RENAMED).with_name(name)
            }
            CollectionEdit::Add(_) => {
                let in_account = matches!(self.handle, CollectionHandle::Account(_));
                Toast::new(text::added(outcome.added, in_account))
            }
            CollectionEdit::Remove(members) => {
                let toast = match members.as_slice() {
                    [member] => Toast::new(text::REMOVED).with_name(member.clone()),
                    members => Toast::new(table::removed(members.len() as u64)),
                };
                toast.with_action(UNDO, self.clone().undo(CollectionEdit::Add(members)))
            }
            CollectionEdit::GoBack(_) => Toast::new(VERSION_RESTORED),
            CollectionEdit::Delete => {
                if let Some(navigator) = &self.navigator {
                    navigator.push(&Route::Collections);
                }
                let name = Some(self.name.clone());
                return show_deleted(
                    &self.actions,
                    &self.toaster,
                    self.handle.deleted(&outcome),
                    DELETED.into(),
                    name,
                );
            }
        };
        self.toaster.show(if outcome.is_stored() {
            toast
        } else {
            toast.with_text(NOT_STORED_YET)
        });
    }

    /// Returns a callback that adds removed traits again, also after other changes of the
    /// collection.
    fn undo(self, edit: CollectionEdit) -> Callback<()> {
        Callback::from(move |()| {
            let (handle, toaster, edit) = (self.handle.clone(), self.toaster.clone(), edit.clone());
            spawn_local(async move {
                let mut result = handle.edit(&edit).await;
                for _ in 1..UNDO_ATTEMPTS {
                    if !matches!(result, Err(EditError::Conflict(_))) {
                        break;
                    }
                    result = handle.edit(&edit).await;
                }
                if let Err(error) = result {
                    show_failure(&toaster, &error);
                }
            });
        })
    }
}
