//! The collections in this browser.

use crate::state::local::{Binned, LocalAction, LocalEntry, LocalState, LocalStatus};
use crate::storage::{Record, StorageError, Store};
use std::rc::Rc;
use uuid::Uuid;
use yew::prelude::*;

/// The collections in this browser and the ways to change them. Every change resolves only once it is
/// stored; when it fails, nothing was changed.
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
    dispatch: UseReducerDispatcher<LocalState>,
    store: Option<Store>,
}

impl Local {
    pub(crate) fn new(state: &UseReducerHandle<LocalState>, store: Option<Store>) -> Self {
        Self {
            status: state.status.clone(),
            entries: state.entries.clone(),
            bin: state.bin.clone(),
            offer: state.offer(),
            left: state.left.clone(),
            dispatch: state.dispatcher(),
            store,
        }
    }

    pub(crate) fn is_loading(&self) -> bool {
        self.status == LocalStatus::Loading
    }

    /// Makes a collection and gives its id.
    pub async fn create(&self, name: &str, members: Vec<String>) -> Result<String, StorageError> {
        let record = self.store()?.create(name, members).await?;
        let id = record.collection.id.clone();
        self.stored(vec![record], Some(false));
        Ok(id)
    }

    /// Gives a collection another name; it must not be blank.
    pub async fn rename(&self, id: &str, name: &str) -> Result<(), StorageError> {
        let record = self.store()?.rename(id, name).await?;
        self.stored(vec![record], Some(false));
        Ok(())
    }

    /// Adds members at the end and says how many: blank ones and those already there are passed over.
    pub async fn add_members(&self, id: &str, members: Vec<String>) -> Result<u64, StorageError> {
        let (record, added) = self.store()?.add_members(id, members).await?;
        self.stored(vec![record], Some(false));
        Ok(added)
    }

    /// Takes members out.
    pub async fn remove_members(&self, id: &str, members: &[String]) -> Result<(), StorageError> {
        let record = self.store()?.remove_members(id, members).await?;
        self.stored(vec![record], Some(false));
        Ok(())
    }

    /// Puts collections into the bin, where they stay for 30 days.
    pub async fn delete(&self, ids: &[String]) -> Result<(), StorageError> {
        let records = self.store()?.delete(ids).await?;
        self.stored(records, None);
        Ok(())
    }

    /// Takes collections out of the bin.
    pub async fn restore(&self, ids: &[String]) -> Result<(), StorageError> {
        let records = self.store()?.restore(ids).await?;
        self.stored(records, None);
        Ok(())
    }

    /// Notes that an account has imported these collections. They stay, but are not offered again.
    pub async fn mark_imported(&self, ids: &[String], receipt: Uuid) -> Result<(), StorageError> {
        let records = self.store()?.mark_imported(ids, receipt).await?;
        self.stored(records, None);
        Ok(())
    }

    /// Notes that the account no longer has those of these collections that it took over by this import.
    pub async fn mark_returned(&self, ids: &[String], receipt: Uuid) -> Result<(), StorageError> {
        let records = self.store()?.mark_returned(ids, receipt).await?;
        self.stored(records, None);
        Ok(())
    }

    /// Stops the offer to import until a collection changes.
    pub async fn keep_here(&self) -> Result<(), StorageError> {
        self.store()?.keep_here().await?;
        self.stored(Vec::new(), Some(true));
        Ok(())
    }

    /// Stops the offer of what GN2 keeps for this browser until that is something else.
    pub async fn leave_there(&self, what: String) -> Result<(), StorageError> {
        self.store()?.leave_there(&what).await?;
        self.dispatch.dispatch(LocalAction::Left(what));
        Ok(())
    }

    fn store(&self) -> Result<&Store, StorageError> {
        match (&self.store, &self.status) {
            (Some(store), _) => Ok(store),
            (None, LocalStatus::Unavailable(error)) => Err(StorageError::clone(error)),
            (None, _) => Err(StorageError::Unavailable),
        }
    }

    fn stored(&self, records: Vec<Record>, kept: Option<bool>) {
        self.dispatch
            .dispatch(LocalAction::Stored { records, kept });
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
