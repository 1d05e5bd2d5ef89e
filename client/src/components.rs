//! The parts pages are made of: properties in, callbacks out; none of them fetches or stores anything.
//!
//! A part is a component if it keeps something, uses a hook, or is drawn so often that it should be passed over
//! while its properties stay the same. All others are plain functions: each component adds 2 kB to the page.
//!
//! - [`frame`], [`page`], [`link`], [`mod@account_area`]: what surrounds every page; [`later`]: what has to be
//!   loaded first
//! - [`mod@notice`], [`toast`], [`dialog`]: messages and questions; [`remedy`]: what can be done about an error there
//! - [`mod@sentence`], [`when`]: names and dates in running text
//! - [`offers`]: the offer above the list
//! - [`collection_list`], [`new_collection`]: the list of collections, and making one
//! - [`mod@traits_field`]: where traits are written or brought, and the report of them
//! - [`export`], [`import_file`], [`set_operations`]: files made of collections, collections made of a file, and of other
//!   collections; [`mod@picker`]: picking some; [`mod@choice`]: choosing one
//! - [`rename`], [`members`], [`add_traits`]: one collection; [`mod@selection_bar`]: what is done with several at once
//! - [`plan`]: the review of a transfer; [`receipt`]: its record

pub mod account_area;
pub mod add_traits;
pub mod choice;
pub mod collection_list;
pub mod dialog;
pub mod export;
pub mod frame;
pub mod import_file;
pub mod later;
pub mod link;
pub mod members;
pub mod new_collection;
pub mod notice;
pub mod offers;
pub mod page;
pub mod picker;
pub mod plan;
pub mod receipt;
pub mod remedy;
pub mod rename;
pub mod selection_bar;
pub mod sentence;
pub mod set_operations;
pub mod toast;
pub mod traits_field;
pub mod when;

pub use dialog::Dialog;
pub use link::RouteLink;
pub use notice::{Tone, failure, notice};
pub use page::Page;
pub use sentence::{isolated_name, sentence};
