//! Every word that people read, in one catalogue, ready to be translated.
//!
//! - [`mod@format`]: numbers and dates in the browser's locale, plurals
//! - [`general`]: the frame, sign-in, and what all pages share
//! - [`files`]: files of collections
//! - [`history`]: what a collection was before
//! - [`collections`]: the list of collections; [`collection`]: one of them, and adding traits;
//!   [`table`]: its traits as a table
//! - [`editing`]: changing a collection that others may change as well; [`copying`]: copying them and their traits
//! - [`offers`], [`review`], [`receipt`]: a transfer, from its offer to its record
//! - [`storage`]: what the browser keeps, and for how long
//! - [`mod@sets`]: combining collections; [`several`]: what has become of several at once
//! - [`errors`]: what went wrong, that nothing was lost, and what to do next
//!
//! A text about a collection is a template with `{name}` in it. `components::sentence` fills it, so that
//! a name in any script, direction or length cannot disturb the sentence around it.

pub mod collection;
pub mod collections;
pub mod copying;
pub mod editing;
pub mod errors;
pub mod files;
pub mod format;
pub mod general;
pub mod history;
pub mod offers;
pub mod receipt;
pub mod review;
pub mod sets;
pub mod several;
pub mod storage;
pub mod table;
