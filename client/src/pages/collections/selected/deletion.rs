//! Deleting the selected collections, and bringing them back by one Undo.

use super::Picked;
use crate::components::collection_list::row::{Place, Row};
use crate::components::toast::{Toast, Toaster};
use crate::hooks::{Deleted, EditError, Editing};
use crate::pages::deleting::show_failure;
use crate::text::collections::DELETED;
use crate::text::editing::DELETE_STALE;
use crate::text::general::UNDO;
use crate::text::several::{self as text, Deletions};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

impl Picked {
    /// Deletes them, and says how many, and how many stayed and why. The first error ends it; what is left then stays
    /// selected, because it stays in the list.
    pub(super) async fn delete(&self) {
        let mut done = Deletions::default();
        let (mut undo, mut why) = (Vec::new(), None);
        let here: Vec<String> = self.in_browser().into_iter().map(|it| it.id).collect();
        let number = here.len() as u64;
        if number > 0 {
            match self.editing.delete_here(here).await {
                Ok(deleted) => {
                    done.deleted += number;
                    undo.push(deleted);
                }
                Err(error) => {
                    done.left += number;
                    why = Some(error);
                }
            }
        }
        for row in self.rows.iter() {
            let Place::Account(id) = &row.place else {
                continue;
            };
            if why.is_some() {
                done.left += 1;
                continue;
            }
            let is_as_seen = |summary: &_| Row::from(summary) == *row;
            match self.editing.delete_in_account(*id, is_as_seen).await {
                Ok(deleted) => {
                    done.deleted += 1;
                    undo.push(deleted);
                }
                Err(EditError::Stale(_)) => done.stale += 1,
                // Somebody else was quicker.
                Err(EditError::Gone) => done.gone += 1,
                Err(error) => {
                    done.left += 1;
                    why = Some(error);
                }
            }
        }
        self.say(done, why.as_ref(), undo);
    }

    fn say(&self, done: Deletions, why: Option<&EditError>, undo: Vec<Deleted>) {
        let toast = match (&*self.rows, done, why) {
            ([row], Deletions { deleted: 1, .. }, _) => Toast::new(DELETED).about(row.name.clone()),
            ([row], Deletions { stale: 1, .. }, _) => {
                Toast::new(DELETE_STALE).about(row.name.clone())
            }
            ([_], _, Some(error)) => return show_failure(&self.toaster, error),
            _ => Toast::new(text::deleted(done, why)),
        };
        if done.deleted == 0 {
            return self.toaster.show(toast);
        }
        let act = {
            let (editing, toaster) = (self.editing.clone(), self.toaster.clone());
            Callback::from(move |()| {
                spawn_local(restore(editing.clone(), toaster.clone(), undo.clone()));
            })
        };
        self.toaster.show(toast.with_action(UNDO, act).focused());
    }
}

/// Brings them back, and says how many, and how many stayed in the bin and why. The first error ends it.
async fn restore(editing: Editing, toaster: Toaster, deleted: Vec<Deleted>) {
    let (mut back, mut left, mut why) = (0, 0, None);
    for one in &deleted {
        let number = match one {
            Deleted::Browser(ids) => ids.len() as u64,
            Deleted::Account(_) => 1,
        };
        // Of some the answer that says how to undo it was lost; the bin has them.
        if why.is_none() && *one != Deleted::Account(None) {
            why = editing.restore(one).await.err();
            if why.is_none() {
                back += number;
                continue;
            }
        }
        left += number;
    }
    toaster.show(Toast::new(text::restored(back, left, why.as_ref())));
}
