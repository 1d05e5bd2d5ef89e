//! The tolerant reader of the records that GN2 and gn-auth wrote into Redis.
//!
//! A broken record concerns only its owner. Readable data is offered. Unreadable data is listed
//! with a reason and stays as it is.
//!
//! - [`account`]: a record of the `users` hash
//! - `password`: the password of such a record, for claims
//! - [`list`]: a value of `collections` or `collections2`
//! - [`entry`]: one collection of such a list, and the repairs it needs
//! - `limits`: what a collection of a browser must not contain
//! - [`write`](mod@write): a collection as it is written for gn-auth
//! - [`flag`]: a record of `migratable-accounts`

pub mod account;
mod content;
pub mod entry;
pub mod flag;
mod limits;
pub mod list;
mod members;
mod password;
mod times;
pub mod write;

pub use account::{AccountRecord, LegacyAccount};
pub use content::content_hash;
pub use entry::{ParsedCollection, UnreadableCollection};
pub use list::{StoredEntry, StoredList, UnreadableList};
pub use members::Member;
pub use password::{HashFunction, StoredPassword, password_fingerprint};
pub use write::{WriteOptions, write_new};
