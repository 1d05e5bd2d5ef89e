//! The collections in this browser.

use crate::browser::clock::now;
use crate::browser::persistence;
use crate::state::local::{Binned, LocalAction, LocalEntry, LocalState, LocalStatus};
use crate::storage::{Change, Done, Record, StorageError, Store, What};
use shared::api::PastChange;
use std::collections::BTreeMap;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

/// The collections in this browser and the ways to change them. A change that fails has changed nothing; one that the
/// browser would not store is shown, and waits: see [`Local::unsaved`].
#[derive(Debug, Clone, PartialEq)]
pub struct Local {
    /// Whether the browser's database can be used.
    pub status: LocalStatus,
    /// Collections that are not in the bin, oldest first.
    pub entries: Rc<[LocalEntry]>,
    /// Collections in the bin, in no order.
    pub bin: Rc<[Binned]>,
    /// Whether there is something to import that the user has not decided about.
    pub offer: bool,
    /// What GN2 kept for this browser when the user chose to leave it there.
    pub left: Option<Rc<str>>,
    /// Why the last changes are not stored, if they are not.
    pub unsaved: Option<Rc<StorageError>>,
    /// Whether the browser keeps what is stored until the user deletes it, as far as it has said so.
    pub lasts: Option<bool>,
    /// Everything that is shown and what is in the bin, by id.
    pub records: Rc<BTreeMap<String, Record>>,
    dispatch: UseReducerDispatcher<LocalState>,
    store: Store,
}

/// What has become of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// How many members came with it.
    pub added: u64,
    /// Whether the browser has stored it. If not it waits, and the page says so.
    pub stored: bool,
}

impl Local {
    pub(crate) fn new(state: &UseReducerHandle<LocalState>, store: Store) -> Self {
        Self {
            status: state.status.clone(),
            entries: state.entries.clone(),
            bin: state.bin.clone(),
            offer: state.offer(),
            left: state.left.clone(),
            unsaved: state.unsaved.clone(),
            lasts: state.lasts,
            records: state.records.clone(),
            dispatch: state.dispatcher(),
            store,
        }
    }

    pub(crate) fn is_loading(&self) -> bool {
        self.status == LocalStatus::Loading
    }

    /// Makes a collection. After the first one the browser is asked to keep what is stored.
    pub async fn create(&self, name: &str, members: Vec<String>) -> Result<Kept, StorageError> {
        self.create_noted(name, members, None).await
    }

    /// The same with a note, where it came from.
    pub async fn create_noted(
        &self,
        name: &str,
        members: Vec<String>,
        note: Option<String>,
    ) -> Result<Kept, StorageError> {
        self.create_as(Uuid::new_v4(), name, members, note).await
    }

    /// The same under an id that the caller has drawn.
    pub(super) async fn create_as(
        &self,
        id: Uuid,
        name: &str,
        members: Vec<String>,
        note: Option<String>,
    ) -> Result<Kept, StorageError> {
        let what = What::Create(not_blank(name)?, members, note);
        let kept = self.change(vec![id.to_string()], what).await?;
        if self.entries.is_empty() && kept.stored {
            let state = self.dispatch.clone();
            // Some browsers ask the user, and what is stored does not wait for the answer.
            spawn_local(async move {
                state.dispatch(LocalAction::Lasts(persistence::ask().await));
            });
        }
        Ok(kept)
    }

    /// Gives a collection another name; it must not be blank. When it is no longer called what is shown it keeps its
    /// name, and is shown by it.
    pub async fn rename(&self, id: &str, name: &str) -> Result<Kept, StorageError> {
        let shown = self.entries.iter().find(|entry| entry.collection.id == id);
        let from = shown.ok_or(StorageError::NotFound)?.collection.name.clone();
        let to = not_blank(name)?;
        let kept = self.change(vec![id.to_owned()], What::Rename { from, to });
        kept.await
    }

    /// Adds members at the end: blank ones and those already there are passed over.
    pub async fn add_members(&self, id: &str, members: Vec<String>) -> Result<Kept, StorageError> {
        self.change(vec![id.to_owned()], What::Add(members)).await
    }

    /// Takes members out.
    pub async fn remove_members(
        &self,
        id: &str,
        members: Vec<String>,
    ) -> Result<Kept, StorageError> {
        self.change(vec![id.to_owned()], What::Remove(members))
            .await
    }

    /// The last changes of a collection, the newest first; those that wait are not among them.
    pub async fn history(&self, id: &str) -> Result<Vec<PastChange>, StorageError> {
        self.store.history(id).await
    }

    /// Makes a collection what it was before the change of this number.
    pub async fn go_back(&self, id: &str, number: u32) -> Result<Kept, StorageError> {
        self.change(vec![id.to_owned()], What::GoBack(number)).await
    }

    /// Puts collections into the bin, where they stay for 30 days.
    pub async fn delete(&self, ids: &[String]) -> Result<Kept, StorageError> {
        self.change(ids.to_vec(), What::Delete).await
    }

    /// Takes collections out of the bin.
    pub async fn restore(&self, ids: &[String]) -> Result<Kept, StorageError> {
        self.change(ids.to_vec(), What::Restore).await
    }

    /// Notes that an account has imported these collections. They stay, but are not offered again.
    pub async fn mark_imported(&self, ids: &[String], receipt: Uuid) -> Result<Kept, StorageError> {
        self.change(ids.to_vec(), What::Imported(receipt)).await
    }

    /// Notes that the account no longer has those of these collections that it took over by this import.
    pub async fn mark_returned(&self, ids: &[String], receipt: Uuid) -> Result<Kept, StorageError> {
        self.change(ids.to_vec(), What::Returned(receipt)).await
    }

    /// Stops the offer to import until a collection changes.
    pub async fn keep_here(&self) -> Result<Kept, StorageError> {
        self.change(Vec::new(), What::KeepHere).await
    }

    /// Stops the offer of what GN2 keeps for this browser until that is something else.
    pub async fn leave_there(&self, what: String) -> Result<Kept, StorageError> {
        self.change(Vec::new(), What::LeaveThere(what)).await
    }

    /// Tries again to store what waits.
    pub async fn save(&self) {
        save(&self.store, &self.dispatch).await;
    }

    async fn change(&self, ids: Vec<String>, what: What) -> Result<Kept, StorageError> {
        let at = now();
        let change = Change { ids, what, at };
        let answer = self.store.change(change.clone()).await;
        if let Err(StorageError::NotFound | StorageError::Renamed(_)) = &answer {
            // The other tab's message may still be under way, and what it has done is to be shown with the refusal.
            if let Ok(contents) = self.store.read().await {
                self.dispatch.dispatch(LocalAction::Loaded(contents));
            }
        }
        let done = answer?;
        let kept = match &done {
            Done::Stored { added, .. } => Kept {
                added: *added,
                stored: true,
            },
            Done::Waits(_) => Kept {
                added: 0,
                stored: false,
            },
        };
        self.dispatch.dispatch(LocalAction::Changed(change, done));
        Ok(kept)
    }
}

/// Tries to store what waits, and shows what has become of it.
pub(crate) async fn save(store: &Store, state: &UseReducerDispatcher<LocalState>) {
    match store.save().await {
        Ok(_) => {
            state.dispatch(LocalAction::Saved);
            if let Ok(contents) = store.read().await {
                state.dispatch(LocalAction::Loaded(contents));
            }
        }
        Err(error) => state.dispatch(LocalAction::NotSaved(error)),
    }
}

fn not_blank(name: &str) -> Result<String, StorageError> {
    match name.trim() {
        "" => Err(StorageError::BlankName),
        name => Ok(name.to_owned()),
    }
}

/// The collections in this browser.
///
/// # Panics
/// Outside of `Providers`.
#[hook]
pub fn use_local() -> Local {
    use_context().expect("Local comes from Providers")
}
