//! The transfer engine: plan, choose, apply, and a receipt.
//!
//! A *migration* (legacy accounts to account) and an *import* (anonymous to account) are the same
//! operation: collections go from *sources* to a *target owner*. This module is its pure part. It
//! turns stored values into a [`TransferPlan`], and a plan with the user's choices into a
//! [`TransferOutput`], which holds the values to store. The server's `store` writes them
//! atomically.
//!
//! - [`input`]: the values that a plan is made from
//! - [`plan`]: one item for each source entry
//! - [`apply`]: the values after the transfer
//! - [`receipt`]: the record of the transfer
//! - [`undo`]: the values after the transfer is undone
//! - [`earlier`]: what receipts say about collections that are missing from the account
//! - [`recovery`]: collections that were transferred and then lost, as entries of their source
//! - [`anonymous`]: the browser's collections as a source
//! - `fingerprint`, `names`, `target_index`, `target_list`: parts of the above

pub mod anonymous;
pub mod apply;
pub mod earlier;
mod fingerprint;
pub mod input;
mod names;
pub mod plan;
pub mod receipt;
pub mod recovery;
mod target_index;
mod target_list;
pub mod undo;

pub use apply::{InvalidChoice, SourceWrite, TransferOutput};
pub use input::{Recovery, Source, SourceHash, TransferInput};
pub use plan::TransferPlan;

#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;
