//! The use cases. They name neither HTTP nor Redis: values come from [`crate::store`], meaning from
//! `shared`.
//!
//! - [`collections`]: an account's own collections
//! - [`sources`]: what a transfer would be planned on
//! - [`transfers`]: plan and execute
//! - [`undo`]: take back
//! - `idempotency`: one request, one effect

pub(crate) mod clock;
pub mod collections;
mod idempotency;
pub mod sources;
pub mod transfers;
pub mod undo;

pub use collections::CollectionError;
pub use transfers::TransferError;
pub use undo::UndoError;
