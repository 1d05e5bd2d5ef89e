//! Plan and execute transfers.
//!
//! - [`attempt`]: the request
//! - [`execute`](mod@execute): from the request to the receipt
//! - [`decide`]: what the plan comes to with what the user chose
//! - [`worked_out`]: what is stored
//! - [`flags`]: what gn-auth is told

mod attempt;
mod decide;
mod execute;
mod flags;
mod worked_out;

use super::apart::apart;
use super::sources::{self, Origin};
use crate::auth::VerifiedUser;
use crate::store::{Store, StoreError};
use shared::api::Plan;
use shared::legacy::UnreadableList;
use shared::transfer::{InvalidChoice, TransferPlan};

pub use attempt::{Attempt, Executed};
pub use execute::execute;

/// Why a transfer did not happen. In every case nothing was changed, but for a failing store: there
/// it may have happened, and the same request again tells.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Legacy data is looked up for proven addresses only.
    #[error("the e-mail address is not verified")]
    EmailNotVerified,
    /// The account's own list cannot be read, so nothing is written to it.
    #[error(transparent)]
    TargetUnreadable(#[from] UnreadableList),
    /// Source or target changed since the plan; this is the fresh one.
    #[error("source or target changed since the plan was made")]
    StalePlan(Box<Plan>),
    /// The choices are not those of the plan.
    #[error("the choices do not fit the plan")]
    InvalidChoices(Vec<InvalidChoice>),
    /// The idempotency key belongs to another request.
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// The first request with this idempotency key is still running.
    #[error("the first request with this idempotency key is still running")]
    InProgress,
    /// The record of an earlier request names a receipt that is not there.
    #[error("the receipt of an earlier request is gone")]
    ReceiptGone,
}

/// What a transfer from this origin would do now.
///
/// # Errors
/// [`TransferError`]; nothing is changed in any case.
pub async fn plan(
    store: &Store,
    user: &VerifiedUser,
    origin: &Origin<'_>,
) -> Result<Plan, TransferError> {
    let input = sources::read(store, user, origin, None).await?;
    let planned = apart(sources::bytes(&input), move || {
        TransferPlan::new(&input).map(|planned| planned.plan)
    });
    Ok(planned.await?)
}
