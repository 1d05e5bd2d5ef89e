//! The parts pages are made of: properties in, callbacks out; none of them fetches or stores anything.
//!
//! - [`frame`], [`page`], [`link`], [`account_area`]: what surrounds every page
//! - [`notice`], [`toast`], [`dialog`]: messages and questions
//! - [`sentence`], [`when`]: names and dates in running text
//! - [`offers`]: the offer above the list
//! - [`collection_list`], [`new_collection`]: the list of collections, and making one
//! - [`rename`], [`members`], [`add_traits`]: one collection
//! - [`plan`]: the review of a transfer; [`receipt`]: its record

pub mod account_area;
pub mod add_traits;
pub mod collection_list;
pub mod dialog;
pub mod frame;
pub mod link;
pub mod members;
pub mod new_collection;
pub mod notice;
pub mod offers;
pub mod page;
pub mod plan;
pub mod receipt;
pub mod rename;
pub mod sentence;
pub mod toast;
pub mod when;

pub use dialog::Dialog;
pub use link::RouteLink;
pub use notice::{Failure, Notice, Tone};
pub use page::Page;
pub use sentence::{Name, Sentence};
pub use when::When;
