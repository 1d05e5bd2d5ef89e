//! Failures of the browser's database.

use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// The reason for which the browser did not read or store collections. Nothing was changed then,
/// and the same edit may be stored later.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StorageError {
    /// The browser has no database for this page, as in some private windows.
    #[error("the browser offers no storage to this page")]
    Unavailable,
    /// A newer version of this page has upgraded the database.
    #[error("the stored collections belong to a newer version of this page")]
    Newer,
    /// A tab with an older version of this page keeps the database open.
    #[error("an older version of this page is open in another tab")]
    Blocked,
    #[error("the browser's storage is full")]
    Full,
    /// Any other failure, with the browser's name of the error.
    #[error("the browser's database failed: {0}")]
    Failed(String),
}

impl StorageError {
    pub(super) fn from_name(name: String) -> Self {
        match name.as_str() {
            "QuotaExceededError" => Self::Full,
            "VersionError" => Self::Newer,
            _ => Self::Failed(name),
        }
    }

    pub(super) fn from_exception(exception: &JsValue) -> Self {
        let name = exception.dyn_ref::<DomException>().map(DomException::name);
        Self::from_name(name.unwrap_or_else(|| "unknown".to_owned()))
    }
}

impl From<idb::Error> for StorageError {
    /// `idb` wraps the browser's exception in some forty variants, and the text of each names the
    /// exception.
    fn from(error: idb::Error) -> Self {
        let text = error.to_string();
        let name = ["QuotaExceededError", "VersionError"]
            .into_iter()
            .find(|name| text.contains(name));
        Self::from_name(name.map_or(text, str::to_owned))
    }
}
