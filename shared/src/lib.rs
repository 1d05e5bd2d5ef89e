//! Pure domain logic and wire types of gn-collections, compiled into both the server and the browser.
//!
//! - [`ids`], [`email`], [`timestamp`]: values parsed once and trusted afterwards
//! - [`raw_json`]: cuts JSON text into its parts without changing a byte of them
//! - [`legacy`]: the tolerant reader of what GN2 and gn-auth wrote
//! - [`collection`]: a collection as it is compared: its name and its set of members
//! - [`transfer`]: plan, apply, receipt
//! - [`edit`]: an account's own list, one entry at a time
//! - [`formats`]: files with collections, and pasted text
//! - [`setops`]: union, intersection, difference, and what is in which collection
//! - [`history`]: what a collection was before its last changes
//! - `session_cookie` (the feature `session-cookie`): which anonymous session of GN2 a cookie proves
//! - [`api`], [`problem`]: what goes over the wire
//! - `testing` (tests and the feature of that name): random inputs and the laws they must obey
//!
//! Nothing in here does I/O, reads a clock or draws a random number: the same input gives the same
//! plan in the browser's preview and in the server's execution.

pub mod api;
pub mod collection;
pub mod edit;
pub mod email;
pub mod formats;
pub mod history;
pub mod ids;
pub mod legacy;
mod parallel;
pub mod problem;
pub mod raw_json;
#[cfg(any(test, feature = "session-cookie"))]
pub mod session_cookie;
pub mod setops;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod timestamp;
pub mod transfer;
