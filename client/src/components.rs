//! Components: properties in, callbacks out. None of them fetches or stores anything itself.
//!
//! Markup that keeps no state and uses no hook is a plain function instead of a component.
//!
//! - [`layout`], [`page`], [`link`], [`mod@account_area`]: the frame around every page
//! - [`mod@notice`], [`toast`], [`dialog`], [`sign_in_again`]: messages and questions
//! - [`name_text`], [`date_time`]: names and dates in running text
//! - [`offers`]: the offer above the list of collections
//! - [`collection_list`], [`new_collection_dialog`], [`rename_form`]: collections
//! - [`mod@traits_field`], [`add_traits`]: traits that are typed, pasted or read from files
//! - [`trait_table`]: the traits of one collection
//! - [`export_dialog`], [`import_dialog`]: files; [`set_operations_dialog`]: union, intersection, …
//! - [`mod@button`], [`mod@radio_group`], [`mod@destination_field`], [`mod@name_field`],
//!   [`mod@collection_checklist`], [`mod@selection_bar`], [`select`]: controls that several of
//!   these share
//! - [`dom`]: helpers for DOM elements and events
//! - [`claim_dialog`]: claiming an old account
//! - [`review`]: the review of a transfer; [`receipt`]: its receipt

pub mod account_area;
pub mod add_traits;
pub mod button;
pub mod claim_dialog;
pub mod collection_checklist;
pub mod collection_list;
pub mod date_time;
pub mod destination_field;
pub mod dialog;
pub mod dom;
pub mod export_dialog;
pub mod import_dialog;
pub mod layout;
pub mod link;
pub mod name_field;
pub mod name_text;
pub mod new_collection_dialog;
pub mod notice;
pub mod offers;
pub mod page;
pub mod radio_group;
pub mod receipt;
pub mod rename_form;
pub mod review;
pub mod select;
pub mod selection_bar;
pub mod set_operations_dialog;
pub mod sign_in_again;
pub mod toast;
pub mod trait_table;
pub mod traits_field;

pub use button::button;
pub use collection_checklist::{ChecklistItem, checked_rows, collection_checklist, row_checklist};
pub use destination_field::destination_field;
pub use dialog::{Dialog, form_buttons};
pub use link::RouteLink;
pub use name_field::{MAX_NAME_LENGTH, name_field};
pub use name_text::{isolated_name, text_with_name};
pub use notice::{Severity, api_error_notice, form_error, notice};
pub use page::Page;
pub use radio_group::radio_group;
pub use select::Select;
pub use selection_bar::selection_bar;
pub use sign_in_again::use_sign_in_again;
pub use toast::{Toast, Toaster, use_toaster};
