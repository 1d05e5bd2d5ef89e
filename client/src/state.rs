//! The state of the page, and how it changes.
//!
//! - [`remote`]: a value that has to be fetched
//! - [`session`]: the person who is signed in
//! - [`local`]: the collections in this browser
//! - [`collection_row`]: one collection in a list; [`destination`]: where a new one is stored
//! - [`selection`]: the selected items of a list
//! - [`trait_input`]: texts and files that are read for traits
//! - [`transfer`]: a migration or import from plan to receipt
//! - [`count`]: a number that only grows

pub mod collection_row;
pub mod count;
pub mod destination;
pub mod local;
pub mod remote;
pub mod selection;
pub mod session;
pub mod trait_input;
pub mod transfer;
