//! Databases of older and newer versions of this page, which may be open in another tab.

use super::*;
use crate::support::watch::watch;
use futures_util::future::join;
use idb::{Database, DatabaseEvent, KeyPath, ObjectStoreParams};

/// The first version, as it was released: made without any code of today.
async fn first_version(name: &str) -> Database {
    let factory = Factory::new().expect("a factory");
    let mut request = factory.open(name, Some(1)).expect("a request");
    request.on_upgrade_needed(|event| {
        let database = event.database().expect("a database");
        let mut by_id = ObjectStoreParams::new();
        by_id.key_path(Some(KeyPath::new_single("id")));
        let made = database.create_object_store("collections", by_id);
        let collections = made.expect("a store");
        database
            .create_object_store("settings", ObjectStoreParams::new())
            .expect("a store");
        let record = r#"{"id": "1", "name": "Liver", "created": "2026-01-01T00:00:00Z",
                         "changed": "2026-01-02T00:00:00Z", "members": ["a:D"]}"#;
        let record = js_sys::JSON::parse(record).expect("JSON");
        drop(collections.put(&record, None).expect("a request"));
    });
    request.await.expect("a database")
}

#[wasm_bindgen_test]
async fn an_older_database_is_brought_up_to_date_with_everything_in_it() {
    let name = fresh_name();
    first_version(&name).await.close();
    let store = open(&name).await;
    assert_eq!(only(&store).await.collection.members, texts(&["a:D"]));
    stored(&store, "1", add(&["b:D"])).await;
    assert_eq!(store.history("1").await.expect("readable").len(), 1);
}

#[wasm_bindgen_test]
async fn a_tab_with_an_older_version_that_does_not_let_go_is_named_and_waited_for() {
    let name = fresh_name();
    // Without a listener for what a newer version asks of it.
    let older = first_version(&name).await;
    let (tell, mut heard) = watch();
    let store = Store::new(&name, move |news| tell.emit(news));
    let let_go = async {
        heard.until(|news| *news == News::Blocked).await;
        let waits = change(&store, "1", add(&["b:D"])).await;
        assert_eq!(waits, Ok(Done::Waits(StorageError::Blocked)));
        older.close();
    };
    let (opened, ()) = join(store.open(), let_go).await;
    opened.expect("a database");
    store.save().await.expect("stored");
    assert_eq!(
        only(&store).await.collection.members,
        texts(&["a:D", "b:D"])
    );
}

#[wasm_bindgen_test]
async fn a_database_of_a_newer_version_is_left_alone() {
    let name = fresh_name();
    newer(&name).await;
    let refused = Store::new(&name, |_| ()).open().await;
    assert_eq!(refused, Err(StorageError::Newer));
}

#[wasm_bindgen_test]
async fn a_newer_version_in_another_tab_does_not_wait_for_this_one() {
    let name = fresh_name();
    let (tell, mut heard) = watch();
    let store = open_and_hear(&name, move |news| tell.emit(news)).await;
    stored(&store, "1", create("Liver", &[])).await;
    newer(&name).await;
    heard.until(|news| *news == News::Outdated).await;
    let waits = change(&store, "1", add(&["b:D"])).await;
    assert_eq!(waits, Ok(Done::Waits(StorageError::Newer)));
}

async fn newer(name: &str) {
    let factory = Factory::new().expect("a factory");
    let newer = factory.open(name, Some(1_000)).expect("a request");
    newer.await.expect("a database").close();
}
