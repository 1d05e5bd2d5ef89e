//! What the tests share.
//!
//! - [`network`]: plays the servers
//! - [`watch`]: waits for a state to come
//! - [`page`]: the hooks of a whole page, with a person signed in or not
//! - [`data`]: wire data to answer with

pub(crate) mod data;
pub(crate) mod network;
pub(crate) mod page;
pub(crate) mod watch;
