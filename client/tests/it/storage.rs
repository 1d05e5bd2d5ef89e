//! The collections in this browser, in the browser's own database.
//!
//! - [`races`]: two connections at once
//! - [`refusals`]: a browser that does not store what it should
//! - [`versions`]: older and newer databases

mod races;
mod refusals;
mod versions;

use client::browser::clock::now;
use client::storage::{Change, Done, News, Record, StorageError, Store, What};
use idb::Factory;
use uuid::Uuid;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

fn texts(members: &[&str]) -> Vec<String> {
    members.iter().map(ToString::to_string).collect()
}

/// A database that no other test knows.
fn fresh_name() -> String {
    format!("test-{}", Uuid::new_v4())
}

async fn open(name: &str) -> Store {
    open_and_hear(name, |_| ()).await
}

async fn open_and_hear(name: &str, tell: impl Fn(News) + 'static) -> Store {
    let store = Store::new(name, tell);
    store.open().await.expect("a database");
    store
}

async fn records(store: &Store) -> Vec<Record> {
    store.read().await.expect("readable").records
}

/// The only collection there is.
async fn only(store: &Store) -> Record {
    let mut all = records(store).await;
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

async fn change(store: &Store, id: &str, what: What) -> Result<Done, StorageError> {
    let ids = vec![id.to_owned()];
    let at = now();
    store.change(Change { ids, what, at }).await
}

async fn stored(store: &Store, id: &str, what: What) -> u64 {
    match change(store, id, what).await {
        Ok(Done::Stored { added, .. }) => added,
        other => panic!("not stored: {other:?}"),
    }
}

fn create(name: &str, members: &[&str]) -> What {
    What::Create(name.to_owned(), texts(members), None)
}

fn add(members: &[&str]) -> What {
    What::Add(texts(members))
}

fn rename(from: &str, to: &str) -> What {
    let (from, to) = (from.to_owned(), to.to_owned());
    What::Rename { from, to }
}

#[wasm_bindgen_test]
async fn what_is_stored_survives_the_connection() {
    let name = fresh_name();
    let store = open(&name).await;
    stored(&store, "1", create(" Liver <b>", &["b:D", "a:D"])).await;
    let created = only(&store).await.collection.created;
    assert_eq!(stored(&store, "1", add(&["a:D", "c:D"])).await, 1);
    stored(&store, "1", rename("Liver <b>", "Leber")).await;
    stored(&store, "1", What::Remove(texts(&["b:D"]))).await;
    drop(store);

    let read = only(&open(&name).await).await.collection;
    assert_eq!((read.id.as_str(), read.name.as_str()), ("1", "Leber"));
    assert_eq!(
        (read.members, read.created),
        (texts(&["a:D", "c:D"]), created)
    );
}

#[wasm_bindgen_test]
async fn what_is_deleted_can_be_restored() {
    let store = open(&fresh_name()).await;
    stored(&store, "1", create("Liver", &["a:D"])).await;
    let before = only(&store).await;
    let several = |what| Change {
        ids: texts(&["1", "gone already"]),
        what,
        at: now(),
    };
    let deleted = store.change(several(What::Delete)).await;
    assert!(matches!(deleted, Ok(Done::Stored { records, .. }) if records.len() == 1));
    assert!(only(&store).await.deleted.is_some());
    store
        .change(several(What::Restore))
        .await
        .expect("restored");
    assert_eq!(only(&store).await, before);
}

#[wasm_bindgen_test]
async fn the_bin_is_emptied_after_thirty_days_with_the_history() {
    let name = fresh_name();
    let store = open(&name).await;
    let day = |days: i64| now().plus_days(-days);
    for (id, days) in [("old", 31), ("young", 29)] {
        stored(&store, id, create("Liver", &["a:D"])).await;
        stored(&store, id, add(&["b:D"])).await;
        let (ids, at) = (vec![id.to_owned()], day(days));
        let what = What::Delete;
        store
            .change(Change { ids, what, at })
            .await
            .expect("deleted");
    }
    assert_eq!(only(&store).await.collection.id, "young");
    assert_eq!(
        (
            count(&name, "collections").await,
            count(&name, "history").await
        ),
        (1, 1)
    );
}

#[wasm_bindgen_test]
async fn a_collection_can_go_back_over_its_last_twenty_changes() {
    let name = fresh_name();
    let store = open(&name).await;
    stored(&store, "1", create("Liver", &["0:D"])).await;
    for number in 1..=25 {
        stored(&store, "1", add(&[&format!("{number}:D")])).await;
    }
    let changes = store.history("1").await.expect("readable");
    assert_eq!(changes.len(), 20);
    let oldest = changes.last().expect("a change");
    assert_eq!((oldest.number, oldest.num_members, oldest.added), (6, 6, 1));
    stored(&store, "1", What::GoBack(oldest.number)).await;
    assert_eq!(only(&store).await.collection.members.len(), 6);
    // Going back is a change like any other.
    stored(&store, "1", What::GoBack(26)).await;
    assert_eq!(only(&store).await.collection.members.len(), 26);
    let forgotten = change(&store, "1", What::GoBack(1)).await;
    assert_eq!(forgotten, Err(StorageError::NotFound));
    assert_eq!(store.history("other").await, Ok(Vec::new()));
}

#[wasm_bindgen_test]
async fn keeping_here_holds_until_something_changes() {
    let store = open(&fresh_name()).await;
    stored(&store, "1", create("Liver", &["a:D"])).await;
    store
        .change(Change {
            ids: Vec::new(),
            what: What::KeepHere,
            at: now(),
        })
        .await
        .expect("stored");
    assert!(store.read().await.expect("readable").kept);
    stored(&store, "1", What::Imported(Uuid::nil())).await;
    assert!(store.read().await.expect("readable").kept);
    assert_eq!(only(&store).await.imported, Some(Uuid::nil()));
    stored(&store, "1", add(&["b:D"])).await;
    assert_eq!(only(&store).await.imported, None);
    assert!(!store.read().await.expect("readable").kept);
}

#[wasm_bindgen_test]
async fn a_record_that_cannot_be_read_hides_no_other_and_stays() {
    let name = fresh_name();
    let store = open(&name).await;
    stored(&store, "1", create("Liver", &["a:D"])).await;
    let odd = js_sys::JSON::parse(r#"{"id": "odd", "members": 7}"#).expect("JSON");
    put(&name, &odd).await;
    assert_eq!(records(&store).await.len(), 1);
    let touched = change(&store, "odd", rename("", "Name")).await;
    assert_eq!(touched, Err(StorageError::NotFound));
    assert_eq!(count(&name, "collections").await, 2);
}

/// The database without [`Store`], and one of its stores.
async fn raw(name: &str, store: &str) -> (idb::Database, idb::Transaction, idb::ObjectStore) {
    let factory = Factory::new().expect("a factory");
    let database = factory.open(name, None).expect("a request").await;
    let database = database.expect("a database");
    let mode = idb::TransactionMode::ReadWrite;
    let transaction = database.transaction(&[store], mode);
    let transaction = transaction.expect("a transaction");
    let store = transaction.object_store(store).expect("a store");
    (database, transaction, store)
}

async fn put(name: &str, value: &JsValue) {
    let (database, transaction, store) = raw(name, "collections").await;
    let stored = store.put(value, None).expect("a request").await;
    stored.expect("stored");
    transaction.await.expect("committed");
    database.close();
}

async fn count(name: &str, store: &str) -> u32 {
    let (database, _transaction, store) = raw(name, store).await;
    let count = store.count(None).expect("a request").await;
    database.close();
    count.expect("a count")
}
