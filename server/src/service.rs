//! The use cases. They name neither HTTP nor Redis: [`crate::store`] supplies values, and `shared`
//! interprets them.
//!
//! Each of these files is one use case, from the request to the result:
//!
//! - [`collections`], [`receipts`]: read an account's collections and receipts
//! - [`transfer`]: plan and execute a migration or an import; [`plan_cache`]: plan a migration
//!   again and again
//! - [`claim`]: claim legacy accounts with another address
//! - [`undo`]: undo a transfer or a deletion
//! - [`gn2`]: gn-auth's collection endpoints, as GN2 calls them
//! - [`create_collection`], [`edit_collection`], [`restore_version`], [`delete_collections`]
//! - [`sign_members`]: sign the members of a collection, so that GN2 can import them
//!
//! These modules are shared:
//!
//! - [`transfer_sources`]: reads the values that a transfer is planned on
//! - `earlier_results`: adds the results of the account's earlier transfers to these values
//! - `migration_flags`: the flags by which gn-auth knows what was migrated
//! - [`transfer_error`]: reasons why a transfer is refused
//! - [`password_check`]: checks a password with the same work for every answer
//! - [`edit`]: applies one edit to the list as it is now stored
//! - [`idempotency`]: one request, one effect
//! - [`access_audit`]: records sign-ins, sign-outs and looks at legacy accounts
//! - [`account_memory`]: remembers the accounts that sign in
//! - [`keyed_mutex`]: one request after the other, per key

pub mod access_audit;
pub mod account_memory;
pub mod claim;
pub mod collections;
pub mod create_collection;
pub mod delete_collections;
mod earlier_results;
pub mod edit;
pub mod edit_collection;
pub mod gn2;
pub mod idempotency;
pub mod keyed_mutex;
mod migration_flags;
pub mod password_check;
pub mod plan_cache;
pub mod receipts;
pub mod restore_version;
pub mod sign_members;
pub mod transfer;
pub mod transfer_error;
pub mod transfer_sources;
pub mod undo;

pub use claim::ClaimError;
pub use collections::CollectionError;
pub use transfer_error::TransferError;
pub use undo::UndoError;
