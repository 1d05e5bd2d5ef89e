//! Cuts JSON text into its parts without changing a byte of them.
//!
//! Collections carry fields that this program knows nothing of, numbers with more digits than a
//! float holds, and entries that are broken. All of it must come through a transfer as it was, so
//! lists and objects are kept as slices of the original text, and only what changes is written anew.
//!
//! - [`split_array`] finds the entries of a list even when some of them are not JSON
//! - [`Object`] holds one entry's fields in stored order
//! - [`text()`] reads a string, with U+FFFD for lone surrogates

mod object;
mod split;
mod text;

pub use object::{NotAnObject, Object};
pub use split::{NotAList, join_array, split_array};
pub use text::text;
