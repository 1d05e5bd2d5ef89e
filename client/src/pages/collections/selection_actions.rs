//! The actions on the selected collections of the list: copying, export, combining, deleting.

mod bulk_delete;

use super::dialog_buttons::dialog_buttons;
use crate::components::dom::aria_disabled;
use crate::components::toast::{Toast, Toaster, use_toaster};
use crate::hooks::{
    CollectionActions, LocalCollections, use_collection_actions, use_local_collections, use_session,
};
use crate::pages::delete_actions::show_failure;
use crate::pages::dialog_kind::DialogKind;
use crate::state::collection_row::{CollectionLocation, CollectionRow};
use crate::state::destination::Destination;
use crate::text::collections::delete_selected;
use crate::text::copy as text;
use crate::text::general::NO_NAME;
use shared::api::LocalCollection;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

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
    let rows = &props.rows;
    let button = |label: String, action: SelectionAction| {
        let (selection, is_busy) = (selection.clone(), is_busy.clone());
        let danger = (action == SelectionAction::Delete).then_some("button--danger");
        let disabled = aria_disabled(*is_busy);
        let onclick = move |_: MouseEvent| {
            if *is_busy {
                return;
            }
            let (selection, is_busy) = (selection.clone(), is_busy.clone());
            is_busy.set(true);
            spawn_local(async move {
                selection.run(action).await;
                is_busy.set(false);
            });
        };
        html! {
            <button type="button" class={classes!("button", danger)} aria-disabled={disabled} {onclick}>
                { label }
            </button>
        }
    };
    html! {
        <>
            if has_account && rows.iter().any(|row| !row.is_in_account()) {
                { button(text::TO_ACCOUNT.to_owned(), SelectionAction::CopyToAccount) }
            }
            if rows.iter().any(CollectionRow::is_in_account) {
                { button(text::TO_BROWSER.to_owned(), SelectionAction::CopyToBrowser) }
            }
            { dialog_buttons(rows, props.destinations, true, &props.open_dialog) }
            { button(delete_selected(rows.len()), SelectionAction::Delete) }
        </>
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
            self.rows.iter().any(|row| match &row.location {
                CollectionLocation::Browser { id, .. } => *id == collection.id,
                CollectionLocation::Account(_) => false,
            })
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
