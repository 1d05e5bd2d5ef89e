//! Databases of older and newer versions of this page, which may be open in another tab.

use super::*;
use crate::support::watch::watch;
use futures_util::future::join;
use idb::{Database, DatabaseEvent as _, KeyPath, ObjectStoreParams};

/// Creates a database of the first released version, without any code of today.
async fn create_first_version(name: &str) -> Database {
    let factory = Factory::new().expect("a factory");
    let mut request = factory.open(name, Some(1)).expect("a request");
    request.on_upgrade_needed(|event| {
        let database = event.database().expect("a database");
        let mut by_id = ObjectStoreParams::new();
        by_id.key_path(Some(KeyPath::new_single("id")));
        let made = database.create_object_store("collections", by_id);
        let collections = made.expect("a store");
        let made = database.create_object_store("settings", ObjectStoreParams::new());
        let settings = made.expect("a store");
        for (name, value) in [("kept", "yes"), ("left", "a session")] {
            let setting = settings.put(&value.into(), Some(&name.into()));
            drop(setting.expect("a request"));
        }
        let record = r#"{"id": "1", "name": "Liver", "created": "2026-01-01T00:00:00Z",
                         "changed": "2026-01-02T00:00:00Z", "members": ["a:D"]}"#;
        let record = js_sys::JSON::parse(record).expect("JSON");
        drop(collections.put(&record, None).expect("a request"));
    });
    request.await.expect("a database")
}

#[wasm_bindgen_test]
async fn older_database_is_upgraded_with_its_content() {
    let name = unique_name();
    create_first_version(&name).await.close();
    let database = open(&name).await;
    let contents = database.read().await.expect("readable");
    assert!(contents.import_dismissed);
    assert_eq!(contents.session_dismissed.as_deref(), Some("a session"));
    assert_eq!(
        only_record(&database).await.collection.members,
        texts(&["a:D"])
    );
    store(&database, add("1", &["b:D"])).await;
    assert_eq!(database.history("1").await.expect("readable").len(), 1);
}

#[wasm_bindgen_test]
async fn opening_waits_for_a_tab_with_an_older_version() {
    let name = unique_name();
    // This connection has no listener for the request of a newer version.
    let older = create_first_version(&name).await;
    let (on_event, mut events) = watch();
    let database = LocalDatabase::new(&name, move |event| on_event.emit(event));
    let close_older = async {
        events.until(|event| *event == DatabaseEvent::Blocked).await;
        expect_unsaved(&database, add("1", &["b:D"]), StorageError::Blocked).await;
        older.close();
    };
    let (opened, ()) = join(database.open(), close_older).await;
    opened.expect("a database");
    database.apply_pending().await.expect("stored");
    assert_eq!(
        only_record(&database).await.collection.members,
        texts(&["a:D", "b:D"])
    );
}

#[wasm_bindgen_test]
async fn database_of_a_newer_version_is_left_alone() {
    let name = unique_name();
    open_newer_version(&name).await;
    let refused = LocalDatabase::new(&name, |_| ()).open().await;
    assert_eq!(refused, Err(StorageError::Newer));
}

#[wasm_bindgen_test]
async fn newer_version_in_another_tab_does_not_wait_for_this_one() {
    let name = unique_name();
    let (on_event, mut events) = watch();
    let database = open_with_events(&name, move |event| on_event.emit(event)).await;
    store(&database, create("1", "Liver", &[])).await;
    open_newer_version(&name).await;
    events
        .until(|event| *event == DatabaseEvent::Outdated)
        .await;
    expect_unsaved(&database, add("1", &["b:D"]), StorageError::Newer).await;
}

async fn open_newer_version(name: &str) {
    let factory = Factory::new().expect("a factory");
    let newer = factory.open(name, Some(1_000)).expect("a request");
    newer.await.expect("a database").close();
}
