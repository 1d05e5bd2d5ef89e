//! Splits JSON text into its parts without changing a byte of them.
//!
//! Collections have fields that this program does not know, numbers with more digits than a float
//! holds, and broken entries. A transfer must preserve all of them. So lists and objects are slices
//! of the original text, and only changed values are rewritten.
//!
//! - [`split_array`] finds the entries of a list even when some of them are not JSON
//! - [`Object`] has the fields of one entry in stored order
//! - [`text()`] reads a string, with U+FFFD for lone surrogates

mod object;
mod split;
mod text;

pub use object::{InvalidObject, Object};
pub use split::{InvalidList, join_array, split_array};
pub use text::text;
