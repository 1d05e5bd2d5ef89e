//! The stores of the database, and the way from older versions.

use super::StorageError;
use idb::event::VersionChangeEvent;
use idb::{Database, DatabaseEvent, Factory, KeyPath, ObjectStoreParams};
use std::cell::RefCell;
use std::rc::Rc;

/// Name of the database. Tests use others.
pub const NAME: &str = "gn-collections";

/// Store of [`super::Record`]s, by the collection's id.
pub const COLLECTIONS: &str = "collections";

/// Store of single values, by name.
pub const SETTINGS: &str = "settings";

/// Setting: the user chose "Keep here" after the last change. Present or not.
pub const KEPT: &str = "kept";

/// Setting: what GN2 kept for this browser when the user chose to leave it there. A text, or absent.
pub const LEFT: &str = "left";

/// Raise it with every change of the stores, and add the step to [`upgrade`].
const VERSION: u32 = 1;

/// Opens the database and brings it up to date.
pub async fn open(name: &str) -> Result<Database, StorageError> {
    // Some browsers have no database in private windows, others one that cannot be opened.
    let unavailable = |error: idb::Error| match StorageError::from(error) {
        StorageError::Newer => StorageError::Newer,
        _ => StorageError::Unavailable,
    };
    let factory = Factory::new().map_err(unavailable)?;
    let mut request = factory.open(name, Some(VERSION)).map_err(unavailable)?;
    let failure = Rc::new(RefCell::new(None));
    let failed = failure.clone();
    request.on_upgrade_needed(move |event| {
        if let Err(error) = upgrade(&event) {
            failed.replace(Some(error));
        }
    });
    let mut database = request.await.map_err(unavailable)?;
    if failure.take().is_some() {
        return Err(StorageError::Unavailable);
    }
    // A newer version of this page, in another tab, must not wait for this one.
    database.on_version_change(|event| {
        if let Ok(database) = event.database() {
            database.close();
        }
    });
    Ok(database)
}

/// Each step leads from one version to the next, and stays as it is for ever.
fn upgrade(event: &VersionChangeEvent) -> Result<(), idb::Error> {
    let database = event.database()?;
    if event.old_version()? < 1 {
        let mut by_id = ObjectStoreParams::new();
        by_id.key_path(Some(KeyPath::new_single("id")));
        database.create_object_store(COLLECTIONS, by_id)?;
        database.create_object_store(SETTINGS, ObjectStoreParams::new())?;
    }
    Ok(())
}
