//! Reads and changes the database. Every change is one transaction, and is reported as done only once
//! the browser has completed it; then the other tabs are told.

use super::StorageError;
use super::record::Record;
use super::schema::{self, COLLECTIONS, KEPT, LEFT, SETTINGS};
use crate::browser::broadcast::Channel;
use crate::browser::clock::now;
use crate::browser::json;
use idb::{Database, ObjectStore, Transaction, TransactionMode, TransactionResult};
use std::fmt;
use std::rc::Rc;
use uuid::Uuid;
use wasm_bindgen::JsValue;

/// The collections of this browser. Clones share one connection.
#[derive(Clone)]
pub struct Store(Rc<Inner>);

struct Inner {
    database: Database,
    tabs: Channel,
}

/// Everything in the database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// All collections, those in the bin included.
    pub records: Vec<Record>,
    /// The user chose "Keep here" after the last change.
    pub kept: bool,
    /// What GN2 kept for this browser when the user chose to leave it there.
    pub left: Option<String>,
}

/// What a change of collections means for the user's choice to keep them here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// There is something new to decide about.
    Reopen,
    /// Nothing new.
    Stands,
}

impl Store {
    /// Opens the database of this name; `changed` hears of changes by other tabs.
    pub async fn open(name: &str, changed: impl Fn() + 'static) -> Result<Self, StorageError> {
        let database = schema::open(name).await?;
        let tabs = Channel::open(&format!("gnc-storage-{name}"), move |_| changed());
        Ok(Self(Rc::new(Inner { database, tabs })))
    }

    /// Reads everything, and throws out what has lain in the bin for too long. A record that cannot be
    /// read is passed over and stays as it is.
    pub async fn read(&self) -> Result<Contents, StorageError> {
        let transaction = self.transaction(TransactionMode::ReadWrite)?;
        let collections = transaction.object_store(COLLECTIONS)?;
        let settings = transaction.object_store(SETTINGS)?;
        let values = collections.get_all(None, None)?.await?;
        let kept = settings.get(JsValue::from_str(KEPT))?.await?.is_some();
        let left = settings.get(JsValue::from_str(LEFT))?.await?;
        let left = left.and_then(|left| left.as_string());
        let now = now();
        let all = values.into_iter().filter_map(decode);
        let (rubbish, records): (Vec<Record>, Vec<Record>) =
            all.partition(|record| record.is_rubbish(now));
        for record in &rubbish {
            collections.delete(JsValue::from_str(&record.collection.id))?;
        }
        complete(transaction).await?;
        Ok(Contents {
            records,
            kept,
            left,
        })
    }

    /// Makes a collection.
    pub async fn create(&self, name: &str, members: Vec<String>) -> Result<Record, StorageError> {
        let name = not_blank(name)?;
        let record = Record::new(Uuid::new_v4().to_string(), name, members, now());
        let transaction = self.transaction(TransactionMode::ReadWrite)?;
        let collections = transaction.object_store(COLLECTIONS)?;
        collections.add(&encode(&record)?, None)?;
        reopen(&transaction)?;
        self.finish(transaction).await?;
        Ok(record)
    }

    /// Gives a collection another name.
    pub async fn rename(&self, id: &str, name: &str) -> Result<Record, StorageError> {
        let name = not_blank(name)?;
        let now = now();
        let edit = |record: &mut Record| record.rename(name, now);
        Ok(self.change_one(id, edit).await?.0)
    }

    /// Adds members, and says how many were new.
    pub async fn add_members(
        &self,
        id: &str,
        members: Vec<String>,
    ) -> Result<(Record, u64), StorageError> {
        let now = now();
        let mut members = Some(members);
        let edit = |record: &mut Record| record.add(members.take().unwrap_or_default(), now);
        self.change_one(id, edit).await
    }

    /// Takes members out.
    pub async fn remove_members(
        &self,
        id: &str,
        members: &[String],
    ) -> Result<Record, StorageError> {
        let now = now();
        let edit = |record: &mut Record| record.remove(members, now);
        Ok(self.change_one(id, edit).await?.0)
    }

    /// Puts collections into the bin. Those that are gone already are passed over.
    pub async fn delete(&self, ids: &[String]) -> Result<Vec<Record>, StorageError> {
        let now = now();
        let edit = &mut |record: &mut Record| {
            record.deleted.get_or_insert(now);
        };
        self.change(ids, Choice::Stands, edit).await
    }

    /// Takes collections out of the bin.
    pub async fn restore(&self, ids: &[String]) -> Result<Vec<Record>, StorageError> {
        let edit = &mut |record: &mut Record| record.deleted = None;
        self.change(ids, Choice::Stands, edit).await
    }

    /// Notes that an account has imported these collections.
    pub async fn mark_imported(
        &self,
        ids: &[String],
        receipt: Uuid,
    ) -> Result<Vec<Record>, StorageError> {
        let edit = &mut |record: &mut Record| record.imported = Some(receipt);
        self.change(ids, Choice::Stands, edit).await
    }

    /// Notes that the account no longer has those of these collections that it took over by this import.
    pub async fn mark_returned(
        &self,
        ids: &[String],
        receipt: Uuid,
    ) -> Result<Vec<Record>, StorageError> {
        let edit = &mut |record: &mut Record| {
            record.imported.take_if(|imported| *imported == receipt);
        };
        self.change(ids, Choice::Stands, edit).await
    }

    /// Notes that the user wants to keep here what is here.
    pub async fn keep_here(&self) -> Result<(), StorageError> {
        self.set(KEPT, &JsValue::TRUE).await
    }

    /// Notes that the user wants to leave at GN2 what it keeps for this browser.
    pub async fn leave_there(&self, what: &str) -> Result<(), StorageError> {
        self.set(LEFT, &JsValue::from_str(what)).await
    }

    async fn set(&self, setting: &str, value: &JsValue) -> Result<(), StorageError> {
        let transaction = self.transaction(TransactionMode::ReadWrite)?;
        let settings = transaction.object_store(SETTINGS)?;
        settings.put(value, Some(&JsValue::from_str(setting)))?;
        self.finish(transaction).await
    }

    async fn change_one<T>(
        &self,
        id: &str,
        mut edit: impl FnMut(&mut Record) -> T,
    ) -> Result<(Record, T), StorageError> {
        let ids = [id.to_owned()];
        let mut result = None;
        let keep_result = &mut |record: &mut Record| result = Some(edit(record));
        let mut changed = self.change(&ids, Choice::Reopen, keep_result).await?;
        changed.pop().zip(result).ok_or(StorageError::NotFound)
    }

    /// Reads, edits and writes within one transaction, so that two tabs cannot overwrite each other. Not
    /// generic, because what is generic is compiled again for each type.
    async fn change(
        &self,
        ids: &[String],
        choice: Choice,
        edit: &mut dyn FnMut(&mut Record),
    ) -> Result<Vec<Record>, StorageError> {
        let transaction = self.transaction(TransactionMode::ReadWrite)?;
        let collections = transaction.object_store(COLLECTIONS)?;
        let mut changed = Vec::with_capacity(ids.len());
        for id in ids {
            if let Some(mut record) = find(&collections, id).await? {
                edit(&mut record);
                collections.put(&encode(&record)?, None)?;
                changed.push(record);
            }
        }
        if choice == Choice::Reopen {
            reopen(&transaction)?;
        }
        self.finish(transaction).await?;
        Ok(changed)
    }

    fn transaction(&self, mode: TransactionMode) -> Result<Transaction, StorageError> {
        let stores = [COLLECTIONS, SETTINGS];
        Ok(self.0.database.transaction(&stores, mode)?)
    }

    async fn finish(&self, transaction: Transaction) -> Result<(), StorageError> {
        complete(transaction).await?;
        self.0.tabs.send("changed");
        Ok(())
    }
}

impl PartialEq for Store {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.0.database.name();
        f.debug_tuple("Store").field(&name).finish()
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.database.close();
    }
}

fn not_blank(name: &str) -> Result<&str, StorageError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(StorageError::BlankName);
    }
    Ok(name)
}

fn reopen(transaction: &Transaction) -> Result<(), StorageError> {
    let settings = transaction.object_store(SETTINGS)?;
    settings.delete(JsValue::from_str(KEPT))?;
    Ok(())
}

async fn find(collections: &ObjectStore, id: &str) -> Result<Option<Record>, StorageError> {
    let value = collections.get(JsValue::from_str(id))?.await?;
    Ok(value.and_then(decode))
}

async fn complete(transaction: Transaction) -> Result<(), StorageError> {
    match transaction.await? {
        TransactionResult::Committed => Ok(()),
        // Nobody here aborts: the browser does when the disk or the quota is full.
        TransactionResult::Aborted => Err(StorageError::Full),
    }
}

fn encode(record: &Record) -> Result<JsValue, StorageError> {
    let unfit = || StorageError::Failed("a record that cannot be stored".to_owned());
    json::to_value(record).ok_or_else(unfit)
}

fn decode(value: JsValue) -> Option<Record> {
    json::from_value(value)
}
