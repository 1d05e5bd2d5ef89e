//! The pages: each connects hooks to components.
//!
//! - [`collections`]: everything the person has
//! - [`collection`]: one of them
//! - [`review`]: a migration or import, from plan to result
//! - [`activity`]: past transfers
//! - [`callback`], [`mod@confirm`], [`second_window`]: on the way to being signed in
//! - [`not_found`]
//! - [`keeping`]: what people should know of how the browser keeps their collections
//! - [`gate`]: what stands in place of a page that needs a sign-in; [`deleting`]: deleting and bringing back, as
//!   several pages do it

pub mod activity;
pub mod callback;
pub mod collection;
pub mod collections;
pub mod confirm;
pub mod deleting;
pub mod gate;
pub mod keeping;
pub mod not_found;
pub mod review;
pub mod second_window;
