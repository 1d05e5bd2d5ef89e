//! The actions on the selected collections of the list: copying, export, combining, deleting.

mod bulk_delete;

use super::dialog_buttons::dialog_buttons;
use crate::components::dom::aria_disabled;
use crate::components::toast::{Toast, Toaster, use_toaster};
use crate::components::{Dialog, button};
use crate::hooks::{
    CollectionActions, LocalCollections, use_collection_actions, use_local_collections, use_session,
};
use crate::pages::delete_actions::show_failure;
use crate::pages::dialog_kind::DialogKind;
use crate::state::collection_row::{CollectionLocation, CollectionRow};
use crate::state::destination::Destination;
use crate::text::collections::delete_selected;
use crate::text::general::{CANCEL, NO_NAME};
use crate::text::{bulk_delete as bulk_delete_text, copy as text};
use shared::api::LocalCollection;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Up to this number of collections are deleted without a question.
const MAX_WITHOUT_CONFIRMATION: usize = 10;

#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SelectionActionsProps {
    /// The selected rows; not empty.
    pub rows: Rc<[CollectionRow]>,
    /// Where new collections can be stored.
    pub destinations: &'static [Destination],
    pub open_dialog: Callback<DialogKind>,
}

#[component]
pub fn SelectionActions(props: &SelectionActionsProps) -> Html {
    let selection = SelectedCollections {
        rows: props.rows.clone(),
        actions: use_collection_actions(),
        local: use_local_collections(),
        toaster: use_toaster(),
    };
    let has_account = use_session().api.is_some();
    let is_busy = use_state(|| false);
    let is_confirming = use_state(|| false);
    let rows = &props.rows;
    let action_button = |label: String, action: SelectionAction| {
        let (selection, is_busy) = (selection.clone(), is_busy.clone());
        let danger = (action == SelectionAction::Delete).then_some("button--danger");
        let disabled = aria_disabled(*is_busy);
        let onclick = {
            let is_confirming = is_confirming.setter();
            move |_: MouseEvent| match action {
                SelectionAction::Delete if selection.rows.len() > MAX_WITHOUT_CONFIRMATION => {
                    is_confirming.set(true);
                }
                _ => selection.start(action, &is_busy),
            }
        };
        html! {
            <button type="button" class={classes!("button", danger)} aria-disabled={disabled} {onclick}>
                { label }
            </button>
        }
    };
    html! {
        <>
            if has_account && rows.iter().any(|row| row.browser_id().is_some()) {
                { action_button(text::TO_ACCOUNT.to_owned(), SelectionAction::CopyToAccount) }
            }
            if rows.iter().any(CollectionRow::is_in_account) {
                { action_button(text::TO_BROWSER.to_owned(), SelectionAction::CopyToBrowser) }
            }
            { dialog_buttons(rows, props.destinations, true, &props.open_dialog) }
            { action_button(delete_selected(rows.len()), SelectionAction::Delete) }
            if *is_confirming {
                { confirmation(&selection, &is_busy, &is_confirming) }
            }
        </>
    }
}

/// Renders the dialog that asks before many collections are deleted.
fn confirmation(
    selection: &SelectedCollections,
    is_busy: &UseStateHandle<bool>,
    is_confirming: &UseStateHandle<bool>,
) -> Html {
    let on_cancel = {
        let is_confirming = is_confirming.setter();
        Callback::from(move |()| is_confirming.set(false))
    };
    let on_delete = {
        let (selection, is_busy, on_cancel) =
            (selection.clone(), is_busy.clone(), on_cancel.clone());
        Callback::from(move |()| {
            on_cancel.emit(());
            selection.start(SelectionAction::Delete, &is_busy);
        })
    };
    html! {
        <Dialog title={bulk_delete_text::confirm_title(selection.rows.len())} on_cancel={&on_cancel}>
            <p>{ bulk_delete_text::CONFIRM_BODY }</p>
            <div class="dialog__actions">
                { button("", CANCEL, &on_cancel) }
                { button("button--danger", bulk_delete_text::DELETE, &on_delete) }
            </div>
        </Dialog>
    }
}

#[derive(Clone, Copy, PartialEq)]
enum SelectionAction {
    CopyToAccount,
    CopyToBrowser,
    Delete,
}

#[derive(Clone)]
struct SelectedCollections {
    rows: Rc<[CollectionRow]>,
    actions: CollectionActions,
    local: LocalCollections,
    toaster: Toaster,
}

impl SelectedCollections {
    /// Starts the action, unless another one is running.
    fn start(&self, action: SelectionAction, is_busy: &UseStateHandle<bool>) {
        if **is_busy {
            return;
        }
        let (selection, is_busy) = (self.clone(), is_busy.clone());
        is_busy.set(true);
        spawn_local(async move {
            selection.run(action).await;
            is_busy.set(false);
        });
    }

    async fn run(&self, action: SelectionAction) {
        let result = match action {
            SelectionAction::Delete => return self.delete().await,
            SelectionAction::CopyToAccount => self.actions.copy_to_account(self.in_browser()).await,
            SelectionAction::CopyToBrowser => {
                let ids = self.in_account();
                self.actions.copy_to_browser(&ids, NO_NAME).await
            }
        };
        match result {
            Ok(outcome) => {
                let to_account = action == SelectionAction::CopyToAccount;
                let message = text::copied_collections(outcome, to_account);
                self.toaster.show(Toast::new(message));
            }
            Err(error) => show_failure(&self.toaster, &error),
        }
    }

    fn in_browser(&self) -> Vec<LocalCollection> {
        let is_selected = |collection: &&LocalCollection| {
            let mut ids = self.rows.iter().filter_map(CollectionRow::browser_id);
            ids.any(|id| *id == collection.id)
        };
        let collections = self.local.entries.iter().map(|entry| &entry.collection);
        collections.filter(is_selected).cloned().collect()
    }

    fn in_account(&self) -> Vec<Uuid> {
        let id = |row: &CollectionRow| match &row.location {
            CollectionLocation::Account(id) => Some(*id),
            CollectionLocation::Browser { .. } => None,
        };
        self.rows.iter().filter_map(id).collect()
    }
}
