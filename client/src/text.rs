//! The catalogue of all texts on the page, ready to be translated. A test in
//! `xtask/tests/catalogue.rs` checks that no text is elsewhere.
//!
//! A text about a collection is a template with `{name}` in it. `components::name_text` fills it
//! in and isolates the name, so that a name of any script, direction or length cannot disturb the
//! sentence.

pub mod add;
pub mod bulk_delete;
pub mod claims;
pub mod collection;
pub mod collections;
pub mod copy;
pub mod editing;
pub mod errors;
pub mod files;
pub mod format;
pub mod general;
pub mod history;
pub mod offers;
pub mod receipt;
pub mod review;
pub mod set_operations;
pub mod storage;
pub mod table;
