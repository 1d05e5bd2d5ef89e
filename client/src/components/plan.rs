//! The review of a transfer: what will happen, item by item, before it happens.
//!
//! - [`counts`]: what the choices come to; [`alike`]: how many items could take the same one
//! - [`mod@summary`]: these counts, and the one button
//! - [`mod@source`]: one source of collections, its items in groups
//! - [`item`]: one collection and what can be done with it

pub mod alike;
pub mod counts;
pub mod item;
pub mod source;
pub mod summary;

pub use counts::PlanCounts;
pub use source::{Choosing, source};
pub use summary::summary;
