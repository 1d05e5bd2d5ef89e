//! The collections of people who are not signed in: `IndexedDB`.
//!
//! - [`record`]: one stored collection, and what editing does to it
//! - [`schema`]: the stores, and the way from older versions
//! - [`store`]: reads and changes, each one transaction; tells the other tabs
//! - [`error`]: how all that can fail

pub mod error;
pub mod record;
pub mod schema;
pub mod store;

pub use error::StorageError;
pub use record::Record;
pub use store::Store;
