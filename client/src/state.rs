//! What the page knows, and how it changes.
//!
//! - [`remote`]: a value that has to be fetched
//! - [`session`]: who is signed in
//! - [`local`]: the collections in this browser
//! - [`selection`]: what is selected of a list
//! - [`editing`]: one change of one collection
//! - [`transfer`]: a migration or import from plan to receipt
//! - [`router`]: which page is shown
//! - [`count`]: a number that only goes up
//! - [`providers`]: the component that holds all this and gives it out

pub mod count;
pub mod editing;
pub mod gathering;
pub mod local;
pub mod providers;
pub mod remote;
pub mod router;
pub mod selection;
pub mod session;
pub mod transfer;
