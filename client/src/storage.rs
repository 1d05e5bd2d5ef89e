//! The collections of people who are not signed in: `IndexedDB`.
//!
//! - [`record`]: one stored collection, and what editing does to it
//! - [`change`]: one change of what is stored, as a value
//! - [`schema`]: the stores, and the way from older versions
//! - [`transaction`]: one transaction, durable when it is done
//! - [`store`]: reads and changes; tells the other tabs; keeps what the browser would not store
//! - [`error`]: how all that can fail

pub mod change;
pub mod error;
pub mod record;
pub mod schema;
pub mod store;
mod transaction;

pub use change::{Change, What};
pub use error::StorageError;
pub use record::Record;
pub use store::{Done, News, Store};
