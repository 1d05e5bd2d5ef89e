//! The collections in this browser, in the browser's own database.
//!
//! - [`races`]: two connections at once
//! - [`failures`]: a browser that fails to store edits
//! - [`versions`]: older and newer databases

mod failures;
mod races;
mod versions;

use client::browser::clock::now;
use client::edit::local_edit::{LocalEdit, LocalEditKind};
use client::edit::{CollectionEdit, EditError, SaveOutcome};
use client::storage::{CollectionRecord, DatabaseEvent, LocalDatabase, StorageError};
use idb::Factory;
use uuid::Uuid;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

fn texts(members: &[&str]) -> Vec<String> {
    members.iter().map(ToString::to_string).collect()
}

/// The name of a database that no other test uses.
fn unique_name() -> String {
    format!("test-{}", Uuid::new_v4())
}

async fn open(name: &str) -> LocalDatabase {
    open_with_events(name, |_| ()).await
}

async fn open_with_events(name: &str, on_event: impl Fn(DatabaseEvent) + 'static) -> LocalDatabase {
    let database = LocalDatabase::new(name, on_event);
    database.open().await.expect("a database");
    database
}

async fn records(database: &LocalDatabase) -> Vec<CollectionRecord> {
    database.read().await.expect("readable").records
}

async fn only_record(database: &LocalDatabase) -> CollectionRecord {
    let mut all = records(database).await;
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn local_edit(ids: &[&str], kind: LocalEditKind) -> LocalEdit {
    LocalEdit {
        ids: texts(ids),
        kind,
        expected_name: None,
        at: now(),
    }
}

fn edit(id: &str, edit: CollectionEdit) -> LocalEdit {
    local_edit(&[id], LocalEditKind::Edit(edit))
}

fn create(id: &str, name: &str, members: &[&str]) -> LocalEdit {
    let create = LocalEditKind::Create {
        name: name.to_owned(),
        members: texts(members),
        note: None,
    };
    local_edit(&[id], create)
}

fn add(id: &str, members: &[&str]) -> LocalEdit {
    edit(id, CollectionEdit::Add(texts(members)))
}

fn rename(id: &str, from: &str, to: &str) -> LocalEdit {
    LocalEdit {
        expected_name: Some(from.to_owned()),
        ..edit(id, CollectionEdit::Rename(to.to_owned()))
    }
}

/// Applies an edit, expects it to be stored, and returns the number of added members.
async fn store(database: &LocalDatabase, edit: LocalEdit) -> u64 {
    match database.apply(edit).await {
        Ok(outcome) if outcome.is_stored() => outcome.added,
        other => panic!("not stored: {other:?}"),
    }
}

/// Applies an edit and expects that the browser does not store it, for this reason.
async fn expect_unsaved(database: &LocalDatabase, edit: LocalEdit, reason: StorageError) {
    let unsaved = SaveOutcome {
        unsaved: Some(reason),
        ..SaveOutcome::default()
    };
    assert_eq!(database.apply(edit).await, Ok(unsaved));
}

#[wasm_bindgen_test]
async fn stored_collection_survives_the_connection() {
    let name = unique_name();
    let database = open(&name).await;
    store(&database, create("1", " Liver <b>", &["b:D", "a:D"])).await;
    let created = only_record(&database).await.collection.created;
    assert_eq!(store(&database, add("1", &["a:D", "c:D"])).await, 1);
    store(&database, rename("1", "Liver <b>", "Leber")).await;
    store(
        &database,
        edit("1", CollectionEdit::Remove(texts(&["b:D"]))),
    )
    .await;
    drop(database);

    let read = only_record(&open(&name).await).await.collection;
    assert_eq!((read.id.as_str(), read.name.as_str()), ("1", "Leber"));
    assert_eq!(
        (read.members, read.created),
        (texts(&["a:D", "c:D"]), created)
    );
}

#[wasm_bindgen_test]
async fn deleted_collection_can_be_restored() {
    let database = open(&unique_name()).await;
    store(&database, create("1", "Liver", &["a:D"])).await;
    let before = only_record(&database).await;
    let ids = ["1", "gone already"];
    let delete = local_edit(&ids, LocalEditKind::Edit(CollectionEdit::Delete));
    let deleted = database.apply(delete).await.expect("deleted");
    assert_eq!((deleted.records.len(), deleted.unsaved), (1, None));
    assert!(only_record(&database).await.deleted.is_some());
    store(&database, local_edit(&ids, LocalEditKind::Restore)).await;
    assert_eq!(only_record(&database).await, before);
}

#[wasm_bindgen_test]
async fn deleted_collection_and_its_history_are_erased_after_thirty_days() {
    let name = unique_name();
    let database = open(&name).await;
    let day = |days: i64| now().plus_days(-days);
    for (id, days) in [("old", 31), ("young", 29)] {
        store(&database, create(id, "Liver", &["a:D"])).await;
        store(&database, add(id, &["b:D"])).await;
        let delete = LocalEdit {
            at: day(days),
            ..edit(id, CollectionEdit::Delete)
        };
        store(&database, delete).await;
    }
    assert_eq!(only_record(&database).await.collection.id, "young");
    assert_eq!(
        (
            count(&name, "collections").await,
            count(&name, "history").await
        ),
        (1, 1)
    );
}

#[wasm_bindgen_test]
async fn collection_can_go_back_over_its_last_twenty_changes() {
    let name = unique_name();
    let database = open(&name).await;
    store(&database, create("1", "Liver", &["0:D"])).await;
    for number in 1..=25 {
        store(&database, add("1", &[&format!("{number}:D")])).await;
    }
    let changes = database.history("1").await.expect("readable");
    assert_eq!(changes.len(), 20);
    let oldest = changes.last().expect("a change");
    assert_eq!((oldest.number, oldest.num_members, oldest.added), (6, 6, 1));
    store(&database, edit("1", CollectionEdit::GoBack(oldest.number))).await;
    assert_eq!(only_record(&database).await.collection.members.len(), 6);
    // Going back is a change that can be undone.
    store(&database, edit("1", CollectionEdit::GoBack(26))).await;
    assert_eq!(only_record(&database).await.collection.members.len(), 26);
    let forgotten = database.apply(edit("1", CollectionEdit::GoBack(1))).await;
    assert_eq!(forgotten, Err(EditError::Gone));
    assert_eq!(database.history("other").await, Ok(Vec::new()));
}

#[wasm_bindgen_test]
async fn dismissed_import_is_offered_again_after_a_change() {
    let database = open(&unique_name()).await;
    store(&database, create("1", "Liver", &["a:D"])).await;
    store(&database, local_edit(&[], LocalEditKind::DismissImport)).await;
    assert!(database.read().await.expect("readable").import_dismissed);
    store(
        &database,
        local_edit(&["1"], LocalEditKind::MarkImported(Uuid::nil())),
    )
    .await;
    assert!(database.read().await.expect("readable").import_dismissed);
    assert_eq!(only_record(&database).await.imported, Some(Uuid::nil()));
    store(&database, add("1", &["b:D"])).await;
    assert_eq!(only_record(&database).await.imported, None);
    assert!(!database.read().await.expect("readable").import_dismissed);
}

#[wasm_bindgen_test]
async fn unreadable_record_stays_and_hides_no_other() {
    let name = unique_name();
    let database = open(&name).await;
    store(&database, create("1", "Liver", &["a:D"])).await;
    let odd = js_sys::JSON::parse(r#"{"id": "odd", "members": 7}"#).expect("JSON");
    put(&name, &odd).await;
    assert_eq!(records(&database).await.len(), 1);
    let touched = database.apply(rename("odd", "", "Name")).await;
    assert_eq!(touched, Err(EditError::Gone));
    assert_eq!(count(&name, "collections").await, 2);
}

/// Opens the database without [`LocalDatabase`], and one of its object stores.
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
