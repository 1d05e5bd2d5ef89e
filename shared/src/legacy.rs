//! The tolerant reader of what GN2 and gn-auth wrote into Redis.
//!
//! The rule behind all of it: a broken record concerns nobody but its owner, what can be read is
//! offered, and what cannot is listed with a reason and left as it is.
//!
//! - [`account`]: a record of the `users` hash
//! - [`list`]: a value of `collections` or `collections2`
//! - [`entry`]: one collection in such a list, with what has to be mended when it is written
//! - [`flag`]: a record of `migratable-accounts`

pub mod account;
pub mod entry;
pub mod flag;
pub mod list;
mod members;
mod times;

pub use account::LegacyAccount;
pub use entry::{ReadCollection, Unreadable};
pub use list::{StoredEntry, StoredList, UnreadableList};
pub use members::Member;
