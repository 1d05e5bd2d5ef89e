//! Edits of an account's own list: of one entry, or deletions of several.
//!
//! Like the planner this is pure: the stored list in, the list to store out. All other entries stay
//! unchanged byte for byte, and unknown fields of the edited entry stay as they are.
//!
//! - [`create()`], [`patch()`], [`replace()`]: a new entry, a changed one, one with other content
//! - [`delete()`], [`restore()`]: removes entries, and restores them
//! - [`history`]: the history stored beside the list, and repeated requests
//! - [`check`]: the limits of names, members and notes
//! - `list`: lookup by id and version

pub mod check;
mod create;
mod delete;
pub mod history;
mod list;
mod patch;
mod replace;
mod restore;

pub use check::Invalid;
pub use create::create;
pub use delete::{DeleteOutput, Deletion, RemovedText, Seen, delete, records_deletion};
pub use list::{CannotEdit, EditOutput, stored_version, summary};
pub use patch::patch;
pub use replace::{content, replace};
pub use restore::{CannotRestore, DeletedEntries, RestoreOutput, restore};

#[cfg(test)]
mod tests;
