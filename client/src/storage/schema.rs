//! The stores of the database, and the way from older versions.

use super::StorageError;
use super::store::News;
use gloo_events::EventListener;
use idb::event::VersionChangeEvent;
use idb::{DatabaseEvent, Factory, KeyPath, ObjectStoreParams};
use std::cell::Cell;
use std::rc::Rc;
use web_sys::IdbDatabase;

/// Name of the database. Tests use others.
pub const NAME: &str = "gn-collections";

/// Store of [`super::Record`]s, by the collection's id.
pub const COLLECTIONS: &str = "collections";

/// Store of single values, by name.
pub const SETTINGS: &str = "settings";

/// Store of the collections' last changes, by the collection's id; since version 2.
pub const HISTORY: &str = "history";

/// Every store there is.
pub const STORES: [&str; 3] = [COLLECTIONS, SETTINGS, HISTORY];

/// Setting: the user chose "Keep here" after the last change. Present or not.
pub const KEPT: &str = "kept";

/// Setting: what GN2 kept for this browser when the user chose to leave it there. A text, or absent.
pub const LEFT: &str = "left";

/// Raise it with every change of the stores, and add the step to [`upgrade`].
pub const VERSION: u32 = 2;

/// An open database, and who listens to what the browser does with it.
pub(super) struct Opened {
    pub(super) database: IdbDatabase,
    _listeners: [EventListener; 2],
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.database.close();
    }
}

/// Opens the database and brings it up to date. While a tab with an older version of this page keeps it from that,
/// `tell` hears of it, and this waits.
pub(super) async fn open(name: &str, tell: Rc<dyn Fn(News)>) -> Result<Opened, StorageError> {
    // Some browsers have no database in private windows, others one that cannot be opened.
    let unavailable = |error: idb::Error| match StorageError::from(error) {
        StorageError::Newer => StorageError::Newer,
        _ => StorageError::Unavailable,
    };
    let factory = Factory::new().map_err(unavailable)?;
    let mut request = factory.open(name, Some(VERSION)).map_err(unavailable)?;
    let failed = Rc::new(Cell::new(false));
    {
        let failed = failed.clone();
        request.on_upgrade_needed(move |event| failed.set(upgrade(&event).is_err()));
    }
    {
        let tell = tell.clone();
        request.on_blocked(move |_| tell(News::Blocked));
    }
    let database = IdbDatabase::from(request.await.map_err(unavailable)?);
    if failed.get() {
        database.close();
        return Err(StorageError::Unavailable);
    }
    let outdated = {
        let (database, tell) = (database.clone(), tell.clone());
        // A newer version of this page, in another tab, must not wait for this one.
        move || {
            database.close();
            tell(News::Outdated);
        }
    };
    let listeners = [
        EventListener::new(&database, "versionchange", move |_| outdated()),
        // The browser has closed it: the user has cleared the data of this page, for instance.
        EventListener::new(&database, "close", move |_| tell(News::Closed)),
    ];
    Ok(Opened {
        database,
        _listeners: listeners,
    })
}

/// Each step leads from one version to the next, and stays as it is for ever.
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
