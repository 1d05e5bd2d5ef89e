//! The use cases. They name neither HTTP nor Redis: values come from [`crate::store`], meaning from
//! `shared`.
//!
//! - [`collections`]: an account's own collections
//! - [`edits`]: changes to them
//! - [`sources`]: what a transfer would be planned on
//! - [`plans`]: plans that were made lately
//! - [`transfers`]: plan and execute
//! - [`undo`]: take back
//! - `idempotency`: one request, one effect
//! - [`turns`]: one after the other, by key
//! - [`receipts`]: what was done
//! - `ready`: from reading to storing
//! - `apart`: work on large lists

pub(crate) mod apart;
pub mod clock;
pub mod collections;
pub mod edits;
mod idempotency;
pub mod plans;
mod ready;
pub mod receipts;
pub mod sources;
pub mod transfers;
pub mod turns;
pub mod undo;

pub use collections::CollectionError;
pub use idempotency::Running;
pub use transfers::TransferError;
pub use undo::UndoError;
