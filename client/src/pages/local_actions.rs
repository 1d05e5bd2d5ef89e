//! What several pages do with the collections of this browser, and what they say afterwards.

use crate::components::toast::{Toast, Toaster, use_toaster};
use crate::hooks::{Local, use_local};
use crate::storage::StorageError;
use crate::text::collections::{DELETED, RESTORED};
use crate::text::errors::{self, Words};
use crate::text::general::UNDO;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// Says why a change was not stored.
pub fn show_failure(toaster: &Toaster, error: &StorageError) {
    let Words { title, body } = errors::storage(error);
    toaster.show(Toast::new(format!("{title}. {body}")));
}

/// Some collections of this browser that are to be deleted, and what is said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Deletion {
    /// Their ids.
    pub ids: Vec<String>,
    /// What is said once they are in the bin; may name `name`.
    pub said: AttrValue,
    /// Name of the collection, if it is one.
    pub name: Option<AttrValue>,
}

impl Deletion {
    /// Of one collection.
    pub fn one(id: String, name: AttrValue) -> Self {
        Self {
            ids: vec![id],
            said: DELETED.into(),
            name: Some(name),
        }
    }
}

/// Deletes collections of this browser and offers to undo it; the callback may be called for a page that is
/// gone by then.
#[hook]
pub fn use_delete_local() -> Callback<Deletion> {
    let (local, toaster) = (use_local(), use_toaster());
    Callback::from(move |deletion: Deletion| {
        let (local, toaster) = (local.clone(), toaster.clone());
        spawn_local(async move {
            match local.delete(&deletion.ids).await {
                Ok(()) => {
                    let undo = undo(local, toaster.clone(), &deletion);
                    let toast = Toast {
                        name: deletion.name,
                        ..Toast::new(deletion.said)
                    };
                    toaster.show(toast.with_action(UNDO, undo).focused());
                }
                Err(error) => show_failure(&toaster, &error),
            }
        });
    })
}

fn undo(local: Local, toaster: Toaster, deletion: &Deletion) -> Callback<()> {
    let (ids, name) = (deletion.ids.clone(), deletion.name.clone());
    Callback::from(move |()| {
        let (local, toaster) = (local.clone(), toaster.clone());
        let (ids, name) = (ids.clone(), name.clone());
        spawn_local(async move {
            match (local.restore(&ids).await, name) {
                (Ok(()), Some(name)) => toaster.show(Toast::new(RESTORED).about(name)),
                (Ok(()), None) => {}
                (Err(error), _) => show_failure(&toaster, &error),
            }
        });
    })
}
