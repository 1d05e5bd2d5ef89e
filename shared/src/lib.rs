//! Pure domain logic and wire types of gn-collections, compiled into the server and the browser.
//!
//! - [`ids`], [`email`], [`timestamp`]: values that are parsed once and trusted afterwards
//! - [`raw_json`]: splits JSON text into its parts without changing a byte of them
//! - [`legacy`]: the tolerant reader of the records of GN2 and gn-auth
//! - [`collection`]: the comparison of collections by name and by set of members
//! - [`transfer`]: plan, apply, receipt, undo
//! - [`edit`]: edits of one entry of an account's own list
//! - [`notes`]: notes, which are stored beside the lists
//! - [`formats`]: files with collections, and pasted text
//! - [`setops`]: union, intersection, difference, and Venn regions
//! - [`history`]: the past contents of a collection
//! - `flask_session` (feature `gn2-sessions`): the sessions of today's GN2
//! - `session_cookie` (feature `gn2-sessions`): the signed cookie of GN2's older anonymous sessions
//! - `trait_signature` (feature `gn2-sessions`): the signature by which GN2 recognises a trait
//! - [`claim`]: claims on legacy accounts with another address
//! - [`api`], [`problem`]: the wire types
//! - `testing` (tests and feature `testing`): random inputs and the laws that hold for them
//!
//! This crate does no I/O, reads no clock and draws no random number. So the same input gives the
//! same plan in the browser's preview and in the server's execution.
#![warn(missing_docs)]

pub mod api;
pub mod claim;
pub mod collection;
pub mod edit;
pub mod email;
#[cfg(any(test, feature = "gn2-sessions"))]
pub mod flask_session;
pub mod formats;
pub mod history;
pub mod ids;
pub mod legacy;
pub mod notes;
pub mod problem;
pub mod raw_json;
#[cfg(any(test, feature = "gn2-sessions"))]
pub mod session_cookie;
pub mod setops;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod timestamp;
#[cfg(any(test, feature = "gn2-sessions"))]
pub mod trait_signature;
pub mod transfer;
