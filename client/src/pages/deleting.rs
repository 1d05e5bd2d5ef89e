//! Deleting and bringing back, as several pages do it, and what they say afterwards.

use crate::components::collection_list::row::{Place, Row};
use crate::components::toast::{Toast, Toaster, use_toaster};
use crate::hooks::{Deleted, EditError, Editing, use_editing};
use crate::text::collections::{DELETED, RESTORED};
use crate::text::editing::{self, DELETE_STALE};
use crate::text::general::UNDO;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Says why something was not done.
pub fn show_failure(toaster: &Toaster, error: &EditError) {
    toaster.show(Toast::new(editing::failure(error).in_one()));
}

/// Says that something was deleted, and offers to undo it. The focus goes to that, because what was deleted
/// had it.
pub fn show_deleted(
    editing: &Editing,
    toaster: &Toaster,
    deleted: Deleted,
    said: AttrValue,
    name: Option<AttrValue>,
) {
    let toast = Toast {
        name: name.clone(),
        ..Toast::new(said)
    };
    if deleted == Deleted::Account(None) {
        // The answer that says how to undo it was lost; the bin has it.
        toaster.show(toast);
        return;
    }
    let undo = {
        let (editing, toaster) = (editing.clone(), toaster.clone());
        Callback::from(move |()| {
            restore(&editing, &toaster, deleted.clone(), name.clone(), |_| ());
        })
    };
    toaster.show(toast.with_action(UNDO, undo).focused());
}

/// Brings back what was deleted, and says so by its name; `then` hears whether it worked.
pub fn restore(
    editing: &Editing,
    toaster: &Toaster,
    deleted: Deleted,
    name: Option<AttrValue>,
    then: impl FnOnce(bool) + 'static,
) {
    let (editing, toaster) = (editing.clone(), toaster.clone());
    spawn_local(async move {
        let answer = editing.restore(&deleted).await;
        match (&answer, name) {
            (Ok(()), Some(name)) => toaster.show(Toast::new(RESTORED).about(name)),
            (Ok(()), None) => {}
            (Err(error), _) => show_failure(&toaster, error),
        }
        then(answer.is_ok());
    });
}

/// Some collections that are to be deleted, and what is said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Deletion {
    /// Which ones.
    pub what: Doomed,
    /// What is said once they are deleted; may name `name`.
    pub said: AttrValue,
    /// Name of the collection, if it is one.
    pub name: Option<AttrValue>,
}

/// Which collections are to be deleted.
#[derive(Debug, Clone, PartialEq)]
pub enum Doomed {
    /// Those with these ids in this browser.
    Browser(Vec<String>),
    /// One of the list, as long as it is what the list shows.
    Row(Row),
}

impl Deletion {
    /// Of one collection of the list.
    pub fn one(row: Row) -> Self {
        Self {
            said: DELETED.into(),
            name: Some(row.name.clone()),
            what: Doomed::Row(row),
        }
    }
}

/// Deletes collections and offers to undo it; the callback may be called for a page that is gone by then.
#[hook]
pub fn use_deleting() -> Callback<Deletion> {
    let (editing, toaster) = (use_editing(), use_toaster());
    Callback::from(move |deletion| spawn_local(run(editing.clone(), toaster.clone(), deletion)))
}

async fn run(editing: Editing, toaster: Toaster, deletion: Deletion) {
    let Deletion { what, said, name } = deletion;
    let answer = match &what {
        Doomed::Browser(ids) => editing.delete_here(ids.clone()).await,
        Doomed::Row(row) => match &row.place {
            Place::Browser { id, .. } => editing.delete_here(vec![id.clone()]).await,
            Place::Account(id) => {
                let is_as_seen = |summary: &_| Row::from(summary) == *row;
                editing.delete_in_account(*id, is_as_seen).await
            }
        },
    };
    match answer {
        Ok(deleted) => show_deleted(&editing, &toaster, deleted, said, name),
        Err(EditError::Stale(_)) => {
            let toast = Toast {
                name,
                ..Toast::new(DELETE_STALE)
            };
            toaster.show(toast);
        }
        Err(error) => show_failure(&toaster, &error),
    }
}
