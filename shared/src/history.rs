//! The past contents of a collection, so that its owner can revert changes.
//!
//! A change is stored as the way back: the old name, and the old members as a delta of the new
//! ones. Twenty changes of a collection of 30,000 members need little more room than the changed
//! members.
//!
//! - [`Changes`]: the last changes of a collection
//! - [`CollectionHistory`]: the changes of a collection that other programs change as well
//! - [`mod@delta`]: a list of members as a delta of another list

mod changes;
mod collection_history;
mod delta;
#[cfg(test)]
mod tests;

pub use changes::{Changes, Content, MAX_CHANGES, ReversibleChange};
pub use collection_history::{CollectionHistory, LastEdit};
pub use delta::{DeltaSegment, apply_delta, delta};
