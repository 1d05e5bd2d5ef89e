//! The pages: each connects hooks to components.
//!
//! - [`collections`]: everything the person has
//! - [`local_collection`], [`account_collection`]: one collection
//! - [`review`]: a migration or import, from plan to result
//! - [`activity`]: past transfers
//! - [`callback`], [`mod@confirm`], [`second_window`]: on the way to being signed in
//! - [`not_found`]
//! - [`gate`]: what stands in place of a page that needs a sign-in; [`local_actions`]: what several pages do
//!   with the collections of this browser

pub mod account_collection;
pub mod activity;
pub mod callback;
pub mod collections;
pub mod confirm;
pub mod gate;
pub mod local_actions;
pub mod local_collection;
pub mod not_found;
pub mod review;
pub mod second_window;
