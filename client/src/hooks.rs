//! What components use: each hook hides a context or an edge and returns a small handle.
//!
//! - [`use_config`], [`use_session`], [`use_callback_outcome`]: settings and sign-in
//! - [`use_navigator`]: the page that is shown, and the way to others
//! - [`use_local`]: the collections in this browser
//! - [`use_account_collections`], [`use_account_collection`], [`use_legacy`], [`use_session_plan`],
//!   [`use_receipts`]: the
//!   account's data on the server
//! - [`use_editing`], [`use_account_editing`]: making, changing and deleting collections
//! - [`use_preference`]: a habit that this browser remembers
//! - [`light`]: state and effects that cost less to download than those of yew
//! - [`use_contents`]: whole collections, to write into a file or to combine; [`read_file`]
//! - [`use_gathering`]: what is about to be added to a collection
//! - [`use_transfer`]: a migration or import; [`use_undo`]: taking one back

mod account;
mod account_collection;
mod config;
mod contents;
mod editing;
pub(crate) mod fetched;
mod gathering;
pub mod light;
pub(crate) mod local;
mod navigator;
mod preference;
mod session;
mod transfer;
mod undo;

pub use crate::state::editing::{Difference, Edit, EditError};
pub use crate::state::local::{Binned, LocalEntry, LocalStatus};
pub use crate::state::remote::{Remote, RemoteHandle};
pub use crate::state::router::Navigator;
pub use crate::state::session::{CallbackOutcome, Session, SessionStatus};
pub use crate::state::transfer::fresh::PlanChanges;
pub use crate::state::transfer::{Choice, TransferPhase, TransferSource};
pub use account::{use_account_collections, use_legacy, use_receipts, use_session_plan};
pub use account_collection::{AccountCollection, use_account_collection, use_account_editing};
pub use config::use_config;
pub use contents::{Contents, ContentsError, use_contents};
pub use editing::{Copied, Deleted, Edited, Editing, Open, use_editing};
pub use gathering::{Found, Gathering, read_file, use_gathering};
pub use local::{Kept, Local, use_local};
pub use navigator::use_navigator;
pub use preference::{Preference, use_preference};
pub use session::{use_callback_outcome, use_session};
pub use transfer::{Transfer, use_transfer};
pub use undo::{Undo, UndoPhase, use_undo};
