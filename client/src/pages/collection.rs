//! The page of one collection: rename it, add and remove traits, delete it. A collection of the
//! account and a collection of this browser have the same page.
//!
//! - [`local`], [`account`]: load the collection
//! - [`displayed_collection`]: the data to show, independent of the storage
//! - [`editor`], [`edit_runner`]: show it and change it
//! - [`heading`], [`open_in_genenetwork`], [`history`], [`mod@conflict`], [`copy_traits_dialog`]:
//!   parts of the editor

pub mod account;
mod conflict;
pub mod copy_traits_dialog;
mod displayed_collection;
mod edit_runner;
mod editor;
mod heading;
mod history;
pub mod local;
mod open_in_genenetwork;
