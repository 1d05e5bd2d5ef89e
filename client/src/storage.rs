//! The collections of people who are not signed in, in the browser's `IndexedDB`.
//!
//! - [`local_database`]: reads them, applies edits, tells the other tabs
//! - [`queries`]: reads and writes within one transaction
//! - [`record`]: one stored collection
//! - [`schema`]: the object stores, and the upgrade of older databases
//! - [`transaction`]: a transaction that ends once its changes are on the disk
//! - [`error`]: failures of the database

pub mod error;
pub mod local_database;
pub mod queries;
pub mod record;
pub mod schema;
mod transaction;

pub use error::StorageError;
pub use local_database::LocalDatabase;
pub use record::CollectionRecord;
pub use schema::DatabaseEvent;
