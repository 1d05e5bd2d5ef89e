//! The pages: each connects hooks to components.
//!
//! - [`collections`]: the start page with all collections of the user
//! - [`collection`]: one collection
//! - [`review`]: a migration or import, from plan to result
//! - [`add`]: traits that another page has submitted
//! - [`activity`]: receipts of past transfers
//! - [`callback`], [`confirm_identity`], [`sign_in_window`], [`sign_in_choices`]: the sign-in
//! - [`require_sign_in`], [`delete_actions`], [`storage_notices`], [`target_form`]: shared by
//!   several pages
//! - [`chunks`], [`dialog_kind`]: views that are loaded lazily

pub mod activity;
pub mod add;
pub mod callback;
pub mod chunks;
pub mod collection;
pub mod collections;
pub mod confirm_identity;
pub mod delete_actions;
pub mod dialog_kind;
pub mod not_found;
pub mod require_sign_in;
pub mod review;
pub mod sign_in_choices;
pub mod sign_in_window;
pub mod storage_notices;
pub mod target_form;
