//! The object stores of the database, and the upgrade of older databases.

use super::error::StorageError;
use gloo_events::EventListener;
use idb::event::VersionChangeEvent;
use idb::{DatabaseEvent as _, Factory, KeyPath, ObjectStoreParams};
use std::cell::Cell;
use std::rc::Rc;
use web_sys::IdbDatabase;

/// The name of the page's database. Tests use other names.
pub const NAME: &str = "gn-collections";

/// The object store of [`CollectionRecord`](super::CollectionRecord)s, by the id of the collection.
pub const COLLECTIONS: &str = "collections";

/// The object store of single values, by name.
pub const SETTINGS: &str = "settings";

/// The object store of the last changes of each collection, by the id of the collection; since
/// version 2.
pub const HISTORY: &str = "history";

pub const STORES: [&str; 3] = [COLLECTIONS, SETTINGS, HISTORY];

/// The setting that is present when the user has dismissed the offer to import since the last
/// change.
pub const IMPORT_DISMISSED: &str = "kept";

/// The setting that describes the content of GN2's anonymous session whose offer the user has
/// dismissed.
pub const SESSION_DISMISSED: &str = "left";

/// Raise this version with every change of the object stores, and add a step to [`upgrade`].
pub const VERSION: u32 = 2;

/// An event that other tabs or the browser cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseEvent {
    ChangedByOtherTab,
    /// A tab with an older version of this page prevents the upgrade.
    Blocked,
    /// A newer version of this page needed the database, so this page has closed it.
    Outdated,
    /// The browser has closed the database.
    Closed,
}

/// An open database, closed when this value drops.
pub(super) struct OpenDatabase {
    pub(super) database: IdbDatabase,
    _listeners: [EventListener; 2],
}

impl Drop for OpenDatabase {
    fn drop(&mut self) {
        self.database.close();
    }
}

/// Opens the database and upgrades it. While a tab with an older version of this page prevents
/// that, this function reports [`DatabaseEvent::Blocked`] and waits.
pub(super) async fn open(
    name: &str,
    on_event: Rc<dyn Fn(DatabaseEvent)>,
) -> Result<OpenDatabase, StorageError> {
    // Some browsers have no database in private windows, others one that cannot be opened.
    let unavailable = |error: idb::Error| match StorageError::from(error) {
        StorageError::Newer => StorageError::Newer,
        _ => StorageError::Unavailable,
    };
    let factory = Factory::new().map_err(unavailable)?;
    let mut request = factory.open(name, Some(VERSION)).map_err(unavailable)?;
    let upgrade_failed = Rc::new(Cell::new(false));
    {
        let upgrade_failed = upgrade_failed.clone();
        request.on_upgrade_needed(move |event| upgrade_failed.set(upgrade(&event).is_err()));
    }
    {
        let on_event = on_event.clone();
        request.on_blocked(move |_| on_event(DatabaseEvent::Blocked));
    }
    let database = IdbDatabase::from(request.await.map_err(unavailable)?);
    if upgrade_failed.get() {
        database.close();
        return Err(StorageError::Unavailable);
    }
    let on_version_change = {
        let (database, on_event) = (database.clone(), on_event.clone());
        // A newer version of this page, in another tab, must not wait for this one.
        move || {
            database.close();
            on_event(DatabaseEvent::Outdated);
        }
    };
    let listeners = [
        EventListener::new(&database, "versionchange", move |_| on_version_change()),
        // The browser closes the database when, for instance, the user clears the data of this
        // page.
        EventListener::new(&database, "close", move |_| on_event(DatabaseEvent::Closed)),
    ];
    Ok(OpenDatabase {
        database,
        _listeners: listeners,
    })
}

/// Upgrades step by step from one version to the next. A step must not change any more once it was
/// released.
fn upgrade(event: &VersionChangeEvent) -> Result<(), idb::Error> {
    let database = event.database()?;
    let old = event.old_version()?;
    let by_id = || {
        let mut by_id = ObjectStoreParams::new();
        by_id.key_path(Some(KeyPath::new_single("id")));
        by_id
    };
    if old < 1 {
        database.create_object_store(COLLECTIONS, by_id())?;
        database.create_object_store(SETTINGS, ObjectStoreParams::new())?;
    }
    if old < 2 {
        database.create_object_store(HISTORY, by_id())?;
    }
    Ok(())
}
