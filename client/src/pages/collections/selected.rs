//! What can be done with the selected collections of the list.
//!
//! - [`deletion`]: deleting them, and bringing them back

mod deletion;

use super::dialogs::made_of;
use crate::components::collection_list::row::{Place, Row};
use crate::components::new_collection::Keep;
use crate::components::page::idle;
use crate::components::toast::{Toast, Toaster, use_toaster};
use crate::hooks::light::use_state;
use crate::hooks::{Editing, Local, use_editing, use_local, use_session};
use crate::later::Asked;
use crate::pages::deleting::show_failure;
use crate::text::collections::delete_several;
use crate::text::copying as text;
use shared::api::LocalCollection;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Properties of [`SelectedActions`].
#[derive(Debug, Clone, PartialEq, Properties)]
pub struct SelectedActionsProps {
    /// The selected rows; not empty.
    pub rows: Rc<[Row]>,
    /// Where new collections can be kept.
    pub places: &'static [Keep],
    /// Opens a dialog.
    pub ask: Callback<Asked>,
}

/// The actions for the selected rows.
#[component]
pub fn SelectedActions(props: &SelectedActionsProps) -> Html {
    let (editing, local, toaster) = (use_editing(), use_local(), use_toaster());
    let has_account = use_session().api.is_some();
    let busy = use_state(|| false);
    let is_busy = *busy;
    let picked = Picked {
        rows: props.rows.clone(),
        editing,
        local,
        toaster,
    };
    let number = picked.rows.len();
    let act = |label: String, act: Act| {
        let (picked, running) = (picked.clone(), busy.setter());
        let is_grave = matches!(act, Act::Delete);
        let class = classes!("button", is_grave.then_some("button--danger"));
        let onclick = move |_: MouseEvent| {
            if is_busy {
                return;
            }
            let (picked, running) = (picked.clone(), running.clone());
            running.set(true);
            spawn_local(async move {
                picked.run(act).await;
                running.set(false);
            });
        };
        html! { <button type="button" {class} aria-disabled={idle(is_busy)} {onclick}>{ label }</button> }
    };
    html! {
        <>
            if has_account && picked.rows.iter().any(|row| !row.in_account()) {
                { act(text::TO_ACCOUNT.to_owned(), Act::ToAccount) }
            }
            if picked.rows.iter().any(Row::in_account) {
                { act(text::TO_BROWSER.to_owned(), Act::ToBrowser) }
            }
            { made_of(&picked.rows, props.places, true, &props.ask) }
            { act(delete_several(number), Act::Delete) }
        </>
    }
}

/// One of the actions.
#[derive(Clone, Copy)]
enum Act {
    ToAccount,
    ToBrowser,
    Delete,
}

/// The selected rows, and what it takes to act on them.
#[derive(Clone)]
struct Picked {
    rows: Rc<[Row]>,
    editing: Editing,
    local: Local,
    toaster: Toaster,
}

impl Picked {
    async fn run(&self, act: Act) {
        let done = match act {
            Act::Delete => return self.delete().await,
            Act::ToAccount => self.editing.copy_to_account(self.in_browser()).await,
            Act::ToBrowser => self.editing.copy_here(&self.in_account()).await,
        };
        match done {
            Ok(done) => {
                let said = text::copied(done, matches!(act, Act::ToAccount));
                self.toaster.show(Toast::new(said));
            }
            Err(error) => show_failure(&self.toaster, &error),
        }
    }

    /// Those of this browser, with their members.
    fn in_browser(&self) -> Vec<LocalCollection> {
        let all = self.local.entries.iter().map(|entry| &entry.collection);
        let is_picked = |id: &str| {
            self.rows
                .iter()
                .any(|row| matches!(&row.place, Place::Browser { id: picked, .. } if picked == id))
        };
        all.filter(|it| is_picked(&it.id)).cloned().collect()
    }

    fn in_account(&self) -> Vec<Uuid> {
        let id = |row: &Row| match &row.place {
            Place::Account(id) => Some(*id),
            Place::Browser { .. } => None,
        };
        self.rows.iter().filter_map(id).collect()
    }
}
