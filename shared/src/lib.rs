//! Pure domain logic and wire types of gn-collections, compiled into both the server and the browser.
//!
//! - [`ids`], [`email`], [`timestamp`]: values parsed once and trusted afterwards
//! - [`raw_json`]: cuts JSON text into its parts without changing a byte of them
//! - [`collection`]: a collection and its content hash
//! - [`legacy`]: the tolerant reader of what GN2 and gn-auth wrote
//! - [`transfer`]: plan, apply, receipt
//! - [`api`], [`problem`]: what goes over the wire
//!
//! Nothing in here does I/O, reads a clock or draws a random number: the same input gives the same
//! plan in the browser's preview and in the server's execution.

pub mod api;


pub mod ids;

pub mod problem;

pub mod timestamp;

