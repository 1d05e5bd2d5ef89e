//! The collections in this browser, in the browser's own database.

use crate::support::watch::watch;
use client::storage::{Record, StorageError, Store};
use idb::Factory;
use std::iter;
use uuid::Uuid;
use wasm_bindgen_test::wasm_bindgen_test;

fn texts(members: &[&str]) -> Vec<String> {
    members.iter().map(ToString::to_string).collect()
}

/// A database that no other test knows.
fn fresh_name() -> String {
    format!("test-{}", Uuid::new_v4())
}

async fn open(name: &str) -> Store {
    Store::open(name, || ()).await.expect("a database")
}

async fn records(store: &Store) -> Vec<Record> {
    store.read().await.expect("readable").records
}

#[wasm_bindgen_test]
async fn what_is_stored_survives_the_connection() {
    let name = fresh_name();
    let store = open(&name).await;
    let record = store.create(" Liver <b>", texts(&["b:D", "a:D"])).await;
    let record = record.expect("stored");
    let id = record.collection.id.clone();
    let (_, added) = store
        .add_members(&id, texts(&["a:D", "c:D"]))
        .await
        .expect("stored");
    assert_eq!(added, 1);
    store.rename(&id, "Leber").await.expect("stored");
    store
        .remove_members(&id, &texts(&["b:D"]))
        .await
        .expect("stored");
    drop(store);

    let again = records(&open(&name).await).await;
    let [read] = again.as_slice() else {
        panic!("one collection, not {again:?}");
    };
    assert_eq!(read.collection.id, id);
    assert_eq!(read.collection.name, "Leber");
    assert_eq!(read.collection.members, ["a:D", "c:D"]);
    assert_eq!(read.collection.created, record.collection.created);
}

#[wasm_bindgen_test]
async fn what_is_deleted_can_be_restored() {
    let store = open(&fresh_name()).await;
    let record = store
        .create("Liver", texts(&["a:D"]))
        .await
        .expect("stored");
    let ids = [record.collection.id.clone(), "gone already".to_owned()];
    let deleted = store.delete(&ids).await.expect("deleted");
    assert_eq!(deleted.len(), 1);
    assert!(records(&store).await[0].deleted.is_some());
    store.restore(&ids).await.expect("restored");
    assert_eq!(records(&store).await, [record]);
}

#[wasm_bindgen_test]
async fn refuses_blank_names_and_missing_collections() {
    let store = open(&fresh_name()).await;
    let blank = store.create(" \t", Vec::new()).await;
    assert_eq!(blank, Err(StorageError::BlankName));
    let missing = store.rename("no-such-id", "Name").await;
    assert_eq!(missing, Err(StorageError::NotFound));
    assert_eq!(records(&store).await, []);
}

#[wasm_bindgen_test]
async fn keeping_here_holds_until_something_changes() {
    let store = open(&fresh_name()).await;
    let record = store
        .create("Liver", texts(&["a:D"]))
        .await
        .expect("stored");
    store.keep_here().await.expect("stored");
    assert!(store.read().await.expect("readable").kept);
    let ids = [record.collection.id];
    store
        .mark_imported(&ids, Uuid::nil())
        .await
        .expect("stored");
    assert!(store.read().await.expect("readable").kept);
    assert_eq!(records(&store).await[0].imported, Some(Uuid::nil()));
    let (changed, _) = store
        .add_members(&ids[0], texts(&["b:D"]))
        .await
        .expect("stored");
    assert_eq!(changed.imported, None);
    assert!(!store.read().await.expect("readable").kept);
}

#[wasm_bindgen_test]
async fn two_tabs_that_write_at_once_lose_nothing() {
    let name = fresh_name();
    let (one, two) = (open(&name).await, open(&name).await);
    let record = one.create("Liver", Vec::new()).await.expect("stored");
    let id = record.collection.id.as_str();
    let add = |store: Store, member: String| async move {
        store.add_members(id, vec![member]).await.expect("stored");
    };
    let stores = iter::repeat_n([one.clone(), two], 20).flatten();
    let writes = stores
        .enumerate()
        .map(|(number, store)| add(store, format!("{number}:D")));
    futures_util::future::join_all(writes).await;
    assert_eq!(records(&one).await[0].collection.members.len(), 40);
}

#[wasm_bindgen_test]
async fn the_other_tab_hears_of_a_change_after_it_is_stored() {
    let name = fresh_name();
    let (changed, mut heard) = watch();
    let other = Store::open(&name, move || changed.emit(())).await;
    let other = other.expect("a database");
    let store = open(&name).await;
    store.create("Liver", Vec::new()).await.expect("stored");
    heard.until(|()| true).await;
    assert_eq!(records(&other).await.len(), 1);
}

#[wasm_bindgen_test]
async fn a_record_that_cannot_be_read_hides_no_other_and_stays() {
    let name = fresh_name();
    let store = open(&name).await;
    store
        .create("Liver", texts(&["a:D"]))
        .await
        .expect("stored");
    let odd = js_sys::JSON::parse(r#"{"id": "odd", "members": 7}"#).expect("JSON");
    put(&name, &odd).await;
    assert_eq!(records(&store).await.len(), 1);
    let touched = store.rename("odd", "Name").await;
    assert_eq!(touched, Err(StorageError::NotFound));
    assert_eq!(count(&name).await, 2);
}

#[wasm_bindgen_test]
async fn a_database_of_a_newer_version_is_left_alone() {
    let name = fresh_name();
    let factory = Factory::new().expect("a factory");
    let newer = factory.open(&name, Some(1_000)).expect("a request");
    newer.await.expect("a database").close();
    let refused = Store::open(&name, || ()).await;
    assert_eq!(refused, Err(StorageError::Newer));
}

async fn raw(name: &str) -> (idb::Database, idb::Transaction) {
    let factory = Factory::new().expect("a factory");
    let database = factory.open(name, None).expect("a request").await;
    let database = database.expect("a database");
    let mode = idb::TransactionMode::ReadWrite;
    let transaction = database.transaction(&["collections"], mode);
    (database, transaction.expect("a transaction"))
}

async fn put(name: &str, value: &wasm_bindgen::JsValue) {
    let (database, transaction) = raw(name).await;
    let store = transaction.object_store("collections").expect("a store");
    store
        .put(value, None)
        .expect("a request")
        .await
        .expect("stored");
    transaction.await.expect("committed");
    database.close();
}

async fn count(name: &str) -> u32 {
    let (database, transaction) = raw(name).await;
    let store = transaction.object_store("collections").expect("a store");
    let count = store.count(None).expect("a request").await;
    database.close();
    count.expect("a count")
}
