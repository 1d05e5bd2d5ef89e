//! The hooks that components use. Each hides a context or an edge and returns a small handle.
//!
//! - [`use_config`], [`use_session`], [`use_callback_outcome`]: settings and sign-in
//! - [`use_location`], [`use_navigator`]: the address of the page, and navigation
//! - [`use_query_parameter`]: a value that the address keeps
//!   to other pages
//! - [`use_local_collections`]: the collections in this browser
//! - [`use_account_collections`], [`use_account_collection`], [`use_legacy`], [`use_session_plan`],
//!   [`use_receipts`]: the account's data on the server
//! - [`CollectionHandle`], [`use_account_collection_handle`]: editing one collection
//! - [`use_collection_actions`]: creating, deleting, restoring and copying collections
//! - [`use_collection_reader`]: whole collections, for files and set operations
//! - [`use_trait_input`]: traits from a field or from files; [`read_file`]
//! - [`use_submitted_traits`]: traits that another page has submitted
//! - [`use_claim`]: claiming an old account with another address
//! - [`use_transfer`]: a migration or import; [`use_undo`]: undoing one
//! - [`use_first_visit`]: whether the visitor has left nothing in this browser
//! - [`use_toggle`]: a state that clicks switch on and off
//! - [`use_retry_error`]: why a request is being repeated
//! - [`use_task_runner`]: background work that ends with its component
//! - [`use_preference`]: a preference that this browser remembers

mod account;
mod account_collection;
mod claim;
mod collection_actions;
mod collection_handle;
mod collection_reader;
pub(crate) mod config;
mod copy_actions;
pub(crate) mod fetched;
mod first_visit;
pub(crate) mod local_collections;
mod navigator;
mod preference;
mod query_parameter;
mod retry_error;
pub(crate) mod revision;
mod session;
mod submitted_traits;
mod task;
mod toggle;
mod trait_input;
mod transfer;
mod undo;

pub use crate::edit::{CollectionDiff, CollectionEdit, EditError, SaveOutcome};
pub use crate::state::local::LocalStatus;
pub use crate::state::remote::{Remote, RemoteHandle};
pub use crate::state::session::{CallbackOutcome, Session, SessionStatus};
pub use crate::state::transfer::fresh::PlanChanges;
pub use crate::state::transfer::{PlanChoice, TransferPhase, TransferSource};
pub use crate::storage::record::CollectionRecord;
pub use account::{use_account_collections, use_legacy, use_receipts, use_session_plan};
pub use account_collection::{
    AccountCollection, VersionedCollection, use_account_collection, use_account_collection_handle,
};
pub use claim::{Claim, ClaimPhase, use_claim};
pub use collection_actions::{CollectionActions, use_collection_actions};
pub use collection_handle::{CollectionHandle, DeletedCollections};
pub use collection_reader::{CollectionReader, ReadError, use_collection_reader};
pub use config::use_config;
pub use copy_actions::CopyOutcome;
pub use first_visit::use_first_visit;
pub use local_collections::{LocalCollections, use_local_collections};
pub use navigator::{PageVisits, use_location, use_navigator, use_page_visits};
pub use preference::{Preference, use_preference};
pub use query_parameter::{QueryParameter, use_query_parameter};
pub use retry_error::use_retry_error;
pub use session::{use_callback_outcome, use_session};
pub use submitted_traits::{SubmittedTraits, use_submitted_traits};
pub use task::{TaskRunner, use_task_runner};
pub use toggle::use_toggle;
pub use trait_input::{FileReading, TraitInput, read_file, use_trait_input};
pub use transfer::{Transfer, use_transfer};
pub use undo::{Undo, UndoPhase, use_undo};
