//! APIs of the browser that several modules need.
//!
//! - [`address`]: the address bar and windows
//! - [`broadcast`]: messages to the other tabs
//! - [`clock`]: the time of this browser and of our server
//! - [`collation`]: the order of names
//! - [`download`]: files that the browser saves
//! - [`first_visit`]: the page that visitors see before the app has loaded
//! - [`json`]: reading and writing JSON
//! - [`lock`]: locks shared by all tabs
//! - [`persistence`]: whether the browser may delete stored data
//! - [`preference`]: settings of a person in this browser
//! - [`submitted_traits`]: traits that another page has submitted to this tab
//! - [`task`]: background tasks that end with their owner
//! - [`translation`]: keeps the page correct while a translator works on it
//! - [`wake`]: waits that end early when the network or the page comes back
//! - [`mod@worker`]: long computations in a Web Worker

pub mod address;
pub mod broadcast;
pub mod clock;
pub mod collation;
pub mod download;
pub mod first_visit;
pub mod json;
pub mod lock;
pub mod persistence;
pub mod preference;
pub mod submitted_traits;
pub mod task;
pub mod translation;
pub mod wake;
pub mod worker;
