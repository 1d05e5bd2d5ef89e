//! How keeping collections in the browser can fail.

use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// Why the browser's database did not do what was asked. Nothing was changed there then.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StorageError {
    /// The browser has no database for this page, as in some private windows.
    #[error("the browser offers no storage to this page")]
    Unavailable,
    /// The database was made by a newer version of this page, which is open or was open here.
    #[error("the stored collections belong to a newer version of this page")]
    Newer,
    /// A tab with an older version of this page does not let go of the database.
    #[error("an older version of this page is open in another tab")]
    Blocked,
    /// The browser's storage is full.
    #[error("the browser's storage is full")]
    Full,
    /// The database refused, with the browser's name of the error.
    #[error("the browser's database failed: {0}")]
    Failed(String),
    /// The collection is not there, for instance because another tab deleted it.
    #[error("the collection is no longer there")]
    NotFound,
    /// Another tab has given the collection this name meanwhile.
    #[error("the collection was renamed in another tab")]
    Renamed(String),
    /// A name must not be blank.
    #[error("a name must not be blank")]
    BlankName,
}

impl StorageError {
    /// Whether the browser is at fault, and not what was asked: then the same change may be stored later.
    pub fn is_of_the_browser(&self) -> bool {
        !matches!(self, Self::NotFound | Self::Renamed(_) | Self::BlankName)
    }

    /// From the browser's name of the error.
    pub(super) fn named(name: String) -> Self {
        match name.as_str() {
            "QuotaExceededError" => Self::Full,
            "VersionError" => Self::Newer,
            _ => Self::Failed(name),
        }
    }

    /// From the browser's exception.
    pub(super) fn thrown(thrown: &JsValue) -> Self {
        let name = thrown.dyn_ref::<DomException>().map(DomException::name);
        Self::named(name.unwrap_or_else(|| "unknown".to_owned()))
    }
}

impl From<idb::Error> for StorageError {
    /// `idb` wraps the browser's exception in some forty variants; the text of each names it.
    fn from(error: idb::Error) -> Self {
        let text = error.to_string();
        let known = ["QuotaExceededError", "VersionError"];
        let found = known.into_iter().find(|name| text.contains(name));
        Self::named(found.map_or(text, str::to_owned))
    }
}
