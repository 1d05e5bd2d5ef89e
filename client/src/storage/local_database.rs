//! Reads and edits the database. Each edit is one transaction that reads the collections, applies
//! the edit, and writes them back. An edit counts as stored once the browser has brought it to the
//! disk; then the other tabs are told.

use super::error::StorageError;
use super::queries::{self, DatabaseContents};
use super::schema::{self, DatabaseEvent, OpenDatabase, STORES};
use super::transaction::DurableTransaction;
use crate::browser::broadcast::Channel;
use crate::edit::local_edit::{EditMode, LocalEdit};
use crate::edit::{EditError, SaveOutcome};
use futures_util::lock::Mutex;
use shared::api::PastChange;
use std::cell::RefCell;
use std::fmt;
use std::rc::{Rc, Weak};

/// The database of this browser's collections. Clones share one connection.
#[derive(Clone)]
pub struct LocalDatabase(Rc<Inner>);

struct Inner {
    name: String,
    on_event: Rc<dyn Fn(DatabaseEvent)>,
    open: RefCell<Option<OpenDatabase>>,
    /// Why the database cannot be used, if it cannot.
    unusable: RefCell<Option<StorageError>>,
    /// Edits that the browser has not stored. The next edit stores them first.
    pending: RefCell<Vec<LocalEdit>>,
    /// Held while an edit is stored, so that edits are stored one after the other.
    write_lock: Mutex<()>,
    other_tabs: Channel,
}

impl LocalDatabase {
    /// A database that is still to be opened. `on_event` receives what other tabs and the browser
    /// do to it.
    pub fn new(name: &str, on_event: impl Fn(DatabaseEvent) + 'static) -> Self {
        let on_event: Rc<dyn Fn(DatabaseEvent)> = Rc::new(on_event);
        let on_message = on_event.clone();
        let other_tabs = Channel::open(&format!("gnc-storage-{name}"), move |_| {
            on_message(DatabaseEvent::ChangedByOtherTab);
        });
        Self(Rc::new(Inner {
            name: name.to_owned(),
            on_event,
            open: RefCell::default(),
            unusable: RefCell::new(Some(StorageError::Unavailable)),
            pending: RefCell::default(),
            write_lock: Mutex::default(),
            other_tabs,
        }))
    }

    /// Opens the database. Until then, and when opening fails, edits wait in the page.
    pub async fn open(&self) -> Result<(), StorageError> {
        let inner: Weak<Inner> = Rc::downgrade(&self.0);
        let on_event = move |event| {
            let Some(inner) = inner.upgrade() else { return };
            let error = match event {
                DatabaseEvent::ChangedByOtherTab => None,
                DatabaseEvent::Blocked => Some(StorageError::Blocked),
                DatabaseEvent::Outdated => Some(StorageError::Newer),
                DatabaseEvent::Closed => Some(StorageError::Unavailable),
            };
            if error.is_some() {
                inner.unusable.replace(error);
            }
            (inner.on_event)(event);
        };
        let open = schema::open(&self.0.name, Rc::new(on_event)).await;
        self.0.unusable.replace(open.as_ref().err().cloned());
        self.0.open.replace(Some(open?));
        Ok(())
    }

    /// Reads everything, and erases collections that were deleted too long ago. A record that
    /// cannot be parsed is skipped and stays in the database.
    pub async fn read(&self) -> Result<DatabaseContents, StorageError> {
        let durable = self.begin()?;
        let contents = queries::read(&durable.transaction).await?;
        durable.commit().await?;
        Ok(contents)
    }

    /// Returns the last changes of a collection, the newest first.
    pub async fn history(&self, id: &str) -> Result<Vec<PastChange>, StorageError> {
        let durable = self.begin()?;
        let history = queries::read_history(&durable.transaction, id).await?;
        durable.commit().await?;
        Ok(history.newest_first().cloned().collect())
    }

    /// Stores an edit, after those that wait. If the browser fails, the edit waits with them.
    pub async fn apply(&self, edit: LocalEdit) -> Result<SaveOutcome, EditError> {
        edit.check_name()?;
        let _guard = self.0.write_lock.lock().await;
        match self.write(Some(&edit)).await {
            Err(EditError::Storage(error)) => {
                self.0.pending.borrow_mut().push(edit);
                Ok(SaveOutcome {
                    unsaved: Some(error),
                    ..SaveOutcome::default()
                })
            }
            result => result,
        }
    }

    /// Stores the edits that wait.
    pub async fn apply_pending(&self) -> Result<(), StorageError> {
        let _guard = self.0.write_lock.lock().await;
        match self.write(None).await {
            Err(EditError::Storage(error)) => Err(error),
            // Edits that wait are replayed, so none of them is refused.
            _ => Ok(()),
        }
    }

    async fn write(&self, edit: Option<&LocalEdit>) -> Result<SaveOutcome, EditError> {
        let pending = self.0.pending.borrow().clone();
        let replayed = pending.iter().map(|edit| (edit, EditMode::Replay));
        let edits: Vec<(&LocalEdit, EditMode)> = replayed
            .chain(edit.map(|edit| (edit, EditMode::Strict)))
            .collect();
        let durable = self.begin()?;
        let outcome = match queries::write(&durable.transaction, &edits).await {
            Ok(outcome) => outcome,
            Err(error) => {
                durable.abort();
                return Err(error);
            }
        };
        durable.commit().await?;
        self.0.pending.borrow_mut().clear();
        self.0.other_tabs.send("changed");
        Ok(outcome)
    }

    fn begin(&self) -> Result<DurableTransaction, StorageError> {
        if let Some(error) = &*self.0.unusable.borrow() {
            return Err(error.clone());
        }
        let open = self.0.open.borrow();
        let open = open.as_ref().ok_or(StorageError::Unavailable)?;
        DurableTransaction::begin(&open.database, &STORES)
    }
}

impl PartialEq for LocalDatabase {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for LocalDatabase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LocalDatabase").field(&self.0.name).finish()
    }
}
