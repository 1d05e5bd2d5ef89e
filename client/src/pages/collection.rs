//! One collection: rename, add and remove traits, delete. In this browser or in the account, it looks and
//! works the same.
//!
//! - [`local`], [`account`]: where it comes from
//! - [`editor`]: what can be done with it
//! - [`heading`]: its name, and what can be done with the whole of it
//! - [`mod@conflict`]: when somebody else has changed it meanwhile

pub mod account;
mod conflict;
pub mod copying;
mod editor;
mod heading;
mod history;
pub mod local;
