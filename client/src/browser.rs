//! Small edges to the browser that several parts of the page need.
//!
//! - [`address`]: the address bar
//! - [`broadcast`]: messages to the other tabs
//! - [`clock`]: the time, from here and from our server
//! - [`history`]: the page that the address names
//! - [`json`]: reading and writing JSON
//! - [`lock`]: locks that all tabs share
//! - [`persistence`]: whether the browser keeps what is stored
//! - [`preference`]: small habits
//! - [`task`]: work in the background that ends with its owner
//! - [`wake`]: waiting that ends early when the network or the page comes back
//! - [`mod@worker`]: what takes the page too long

pub mod address;
pub mod broadcast;
pub mod clock;
pub mod history;
pub mod json;
pub mod lock;
pub mod persistence;
pub mod preference;
pub mod task;
pub mod wake;
pub mod worker;
