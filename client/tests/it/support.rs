//! Helpers of the tests.
//!
//! - [`network`]: mocks the servers
//! - [`watch`]: waits for a state
//! - [`page`]: a page with all hooks, signed in or not
//! - [`data`]: JSON bodies of responses

pub(crate) mod data;
pub(crate) mod network;
pub(crate) mod page;
pub(crate) mod watch;
