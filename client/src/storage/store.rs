//! Reads and changes the database. Every change is one transaction that reads what it changes, and is reported as
//! stored only once the browser has brought it to the disk; then the other tabs are told.

use super::StorageError;
use super::change::{Asked, Change, Stored};
use super::record::Record;
use super::schema::{self, COLLECTIONS, HISTORY, KEPT, LEFT, Opened, SETTINGS, STORES};
use super::transaction::Running;
use crate::browser::broadcast::Channel;
use crate::browser::clock::now;
use crate::browser::json;
use futures_util::lock::Mutex;
use idb::{ObjectStore, Transaction};
use serde::{Deserialize, Serialize};
use shared::api::PastChange;
use shared::history::Steps;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;

/// The collections of this browser. Clones share one connection.
#[derive(Clone)]
pub struct Store(Rc<Inner>);

struct Inner {
    name: String,
    tell: Rc<dyn Fn(News)>,
    opened: RefCell<Option<Opened>>,
    /// Why the database cannot be used, if it cannot.
    refusal: RefCell<Option<StorageError>>,
    /// Changes that the browser would not store. They go first with the next change.
    waiting: RefCell<Vec<Change>>,
    /// One change after the other.
    turn: Mutex<()>,
    tabs: Channel,
}

/// What happens to the database without this page's doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Another tab has changed it.
    Changed,
    /// A tab with an older version of this page keeps it from being opened.
    Blocked,
    /// A newer version of this page needs it: it is closed.
    Outdated,
    /// The browser has closed it.
    Closed,
}

/// Everything in the database but what collections were before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// All collections, those in the bin included.
    pub records: Vec<Record>,
    /// The user chose "Keep here" after the last change.
    pub kept: bool,
    /// What GN2 kept for this browser when the user chose to leave it there.
    pub left: Option<String>,
}

/// What has become of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// It is stored, and so is everything that waited.
    Stored {
        /// The collections it concerned, as they are stored now.
        records: Vec<Record>,
        /// How many members came.
        added: u64,
    },
    /// It waits until the browser can store it, which it would not for this reason.
    Waits(StorageError),
}

#[derive(Serialize, Deserialize)]
struct HistoryRecord {
    id: String,
    steps: Steps,
}

impl Store {
    /// A store that is still to be opened. `tell` hears what happens to the database of this name by others.
    pub fn new(name: &str, tell: impl Fn(News) + 'static) -> Self {
        let tell: Rc<dyn Fn(News)> = Rc::new(tell);
        let heard = tell.clone();
        let tabs = Channel::open(&format!("gnc-storage-{name}"), move |_| {
            heard(News::Changed);
        });
        Self(Rc::new(Inner {
            name: name.to_owned(),
            tell,
            opened: RefCell::default(),
            refusal: RefCell::new(Some(StorageError::Unavailable)),
            waiting: RefCell::default(),
            turn: Mutex::default(),
            tabs,
        }))
    }

    /// Opens the database. Until that is done, and when it fails, changes wait.
    pub async fn open(&self) -> Result<(), StorageError> {
        let inner: Weak<Inner> = Rc::downgrade(&self.0);
        let tell = move |news| {
            let Some(inner) = inner.upgrade() else { return };
            let refusal = match news {
                News::Changed => None,
                News::Blocked => Some(StorageError::Blocked),
                News::Outdated => Some(StorageError::Newer),
                News::Closed => Some(StorageError::Unavailable),
            };
            if refusal.is_some() {
                inner.refusal.replace(refusal);
            }
            (inner.tell)(news);
        };
        let opened = schema::open(&self.0.name, Rc::new(tell)).await;
        let refusal = opened.as_ref().err().cloned();
        self.0.refusal.replace(refusal);
        self.0.opened.replace(Some(opened?));
        Ok(())
    }

    /// Reads everything, and throws out what has lain in the bin for too long. A record that cannot be
    /// read is passed over and stays as it is.
    pub async fn read(&self) -> Result<Contents, StorageError> {
        let running = self.begin()?;
        let contents = read(&running.work).await?;
        running.committed().await?;
        Ok(contents)
    }

    /// The last changes of a collection, the newest first.
    pub async fn history(&self, id: &str) -> Result<Vec<PastChange>, StorageError> {
        let running = self.begin()?;
        let steps = steps(&running.work.object_store(HISTORY)?, id).await?;
        running.committed().await?;
        Ok(steps.changes().cloned().collect())
    }

    /// Makes a change, after those that wait. When the browser is at fault it waits with them; any other error means
    /// that it is not made.
    pub async fn change(&self, change: Change) -> Result<Done, StorageError> {
        let _turn = self.0.turn.lock().await;
        match self.write(Some(&change)).await {
            Err(error) if error.is_of_the_browser() => {
                self.0.waiting.borrow_mut().push(change);
                Ok(Done::Waits(error))
            }
            answer => answer,
        }
    }

    /// Makes the changes that wait.
    pub async fn save(&self) -> Result<Done, StorageError> {
        let _turn = self.0.turn.lock().await;
        self.write(None).await
    }

    async fn write(&self, change: Option<&Change>) -> Result<Done, StorageError> {
        let waiting = self.0.waiting.borrow().clone();
        let before = waiting.iter().map(|change| (change, Asked::Before));
        let all: Vec<(&Change, Asked)> = before
            .chain(change.map(|change| (change, Asked::Now)))
            .collect();
        let running = self.begin()?;
        let done = match write(&running.work, &all).await {
            Ok(done) => done,
            Err(error) => {
                running.abort();
                return Err(error);
            }
        };
        running.committed().await?;
        self.0.waiting.borrow_mut().clear();
        self.0.tabs.send("changed");
        Ok(done)
    }

    fn begin(&self) -> Result<Running, StorageError> {
        if let Some(refusal) = &*self.0.refusal.borrow() {
            return Err(refusal.clone());
        }
        let opened = self.0.opened.borrow();
        let opened = opened.as_ref().ok_or(StorageError::Unavailable)?;
        Running::begin(&opened.database, &STORES)
    }
}

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Store").field(&self.0.name).finish()
    }
}

async fn read(transaction: &Transaction) -> Result<Contents, StorageError> {
    let collections = transaction.object_store(COLLECTIONS)?;
    let history = transaction.object_store(HISTORY)?;
    let settings = transaction.object_store(SETTINGS)?;
    let values = collections.get_all(None, None)?.await?;
    let kept = settings.get(JsValue::from_str(KEPT))?.await?.is_some();
    let left = settings.get(JsValue::from_str(LEFT))?.await?;
    let now = now();
    let all = values.into_iter().filter_map(json::from_value::<Record>);
    let (rubbish, records): (Vec<Record>, Vec<Record>) =
        all.partition(|record| record.is_rubbish(now));
    for record in &rubbish {
        let id = JsValue::from_str(&record.collection.id);
        collections.delete(id.clone())?;
        history.delete(id)?;
    }
    Ok(Contents {
        records,
        kept,
        left: left.and_then(|left| left.as_string()),
    })
}

/// Reads what the changes concern, makes them, and writes what is different then.
async fn write(
    transaction: &Transaction,
    changes: &[(&Change, Asked)],
) -> Result<Done, StorageError> {
    let collections = transaction.object_store(COLLECTIONS)?;
    let history = transaction.object_store(HISTORY)?;
    let settings = transaction.object_store(SETTINGS)?;
    let mut all = BTreeMap::new();
    for id in changes.iter().flat_map(|(change, _)| &change.ids) {
        let found = collections.get(JsValue::from_str(id))?.await?;
        if let Some(record) = found.and_then(json::from_value) {
            let steps = steps(&history, id).await?;
            all.insert(id.clone(), Stored { record, steps });
        }
    }
    let before = all.clone();
    let mut added = 0;
    for (change, asked) in changes {
        match change.make(&mut all, *asked) {
            Ok(came) => added = came,
            // What does not fit any more must not keep everything after it from being stored.
            Err(_) if *asked == Asked::Before => {}
            Err(error) => return Err(error),
        }
        if let Some((setting, value)) = change.settings() {
            let setting = JsValue::from_str(setting);
            match value {
                Some(value) => drop(settings.put(&JsValue::from_str(value), Some(&setting))?),
                None => drop(settings.delete(setting)?),
            }
        }
    }
    for (id, stored) in &all {
        let was = before.get(id);
        if was.is_none_or(|was| was.record != stored.record) {
            put(&collections, &stored.record)?;
        }
        if was.is_some_and(|was| was.steps != stored.steps) {
            let (id, steps) = (id.clone(), stored.steps.clone());
            put(&history, &HistoryRecord { id, steps })?;
        }
    }
    let records = all.into_values().map(|stored| stored.record).collect();
    Ok(Done::Stored { records, added })
}

async fn steps(history: &ObjectStore, id: &str) -> Result<Steps, StorageError> {
    let found = history.get(JsValue::from_str(id))?.await?;
    let record = found.and_then(json::from_value::<HistoryRecord>);
    Ok(record.map(|record| record.steps).unwrap_or_default())
}

fn put(store: &ObjectStore, value: &impl Serialize) -> Result<(), StorageError> {
    let unfit = || StorageError::Failed("a record that cannot be stored".to_owned());
    let value = json::to_value(value).ok_or_else(unfit)?;
    // The outcome is that of the transaction.
    drop(store.put(&value, None)?);
    Ok(())
}
