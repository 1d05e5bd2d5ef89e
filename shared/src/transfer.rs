//! The transfer engine: plan → choose → execute → receipt.
//!
//! A *migration* (legacy accounts → account) and an *import* (anonymous → account) are the same
//! thing: collections go from *sources* to a *target owner*. This module is the pure part: from raw
//! stored values to a [`TransferPlan`], and from a plan and the user's choices to an [`Outcome`], the
//! raw values to be stored. Storing them atomically is the server's `store`.
//!
//! - [`input`]: what a plan is made from
//! - [`plan`]: one item for each source entry
//! - [`apply`]: the values after the transfer
//! - [`receipt`]: what is kept about it
//! - [`undo`]: taking it back
//! - [`anonymous`]: the browser's collections as a source
//! - `known`, `names`, `fingerprint`: parts of the planner

pub mod anonymous;
pub mod apply;
mod fingerprint;
pub mod input;
mod known;
mod names;
pub mod plan;
pub mod receipt;
pub mod undo;

pub use apply::{InvalidChoice, Outcome, SourceWrite};
pub use input::{Source, TransferInput};
pub use plan::TransferPlan;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
