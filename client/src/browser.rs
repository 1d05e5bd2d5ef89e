//! Small edges to the browser that several parts of the page need.
//!
//! - [`broadcast`]: messages to the other tabs
//! - [`clock`]: the time
//! - [`wake`]: waiting that ends early when the network or the page comes back

pub mod broadcast;
pub mod clock;
pub mod wake;
