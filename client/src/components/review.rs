//! The review of a transfer: every item of the plan with its action, before anything happens.
//!
//! - [`counts`]: the counts of a plan with the choices so far, or of a receipt
//! - [`similar_items`]: how many other items an action could be applied to
//! - [`mod@review_summary`]: the counts, and the button that executes the transfer
//! - [`mod@source_section`]: one source with its items in groups; [`plan_item`]: one item

pub mod counts;
pub mod plan_item;
pub mod review_summary;
pub mod similar_items;
pub mod source_section;

pub use counts::{TransferCounts, earlier_total, offer_totals};
pub use review_summary::review_summary;
pub use source_section::{ReviewChoices, source_section};
