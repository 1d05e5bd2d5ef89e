//! How keeping collections in the browser can fail.

use thiserror::Error;

/// Why the browser's database did not do what was asked. Nothing was changed then.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StorageError {
    /// The browser has no database for this page, as in some private windows.
    #[error("the browser offers no storage to this page")]
    Unavailable,
    /// The database was made by a newer version of this page, which is open or was open here.
    #[error("the stored collections belong to a newer version of this page")]
    Newer,
    /// The browser's storage is full.
    #[error("the browser's storage is full")]
    Full,
    /// The collection is not there, for instance because another tab deleted it.
    #[error("the collection is no longer there")]
    NotFound,
    /// A name must not be blank.
    #[error("a name must not be blank")]
    BlankName,
    /// The database refused, with the browser's name of the error.
    #[error("the browser's database failed: {0}")]
    Failed(String),
}

impl From<idb::Error> for StorageError {
    /// `idb` wraps the browser's exception in some forty variants; the text of each names it.
    fn from(error: idb::Error) -> Self {
        let text = error.to_string();
        if text.contains("QuotaExceededError") {
            Self::Full
        } else if text.contains("VersionError") {
            Self::Newer
        } else {
            Self::Failed(text)
        }
    }
}
