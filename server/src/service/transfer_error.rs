//! Reasons why a transfer is refused.

use crate::store::StoreError;
use shared::api::Plan;
use shared::legacy::UnreadableList;
use shared::transfer::InvalidChoice;

/// A transfer that did not happen. Nothing was changed, except perhaps by a failing store: there
/// the transfer may have happened, and the same request again tells.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Legacy data is looked up for proven addresses only.
    #[error("the e-mail address is not verified")]
    EmailNotVerified,
    /// The account's own list cannot be read, so nothing is written to it.
    #[error(transparent)]
    TargetUnreadable(#[from] UnreadableList),
    /// Contains the fresh plan.
    #[error("source or target changed since the plan was made")]
    StalePlan(Box<Plan>),
    #[error("the choices do not fit the plan")]
    InvalidChoices(Vec<InvalidChoice>),
    #[error("the idempotency key was used for another request")]
    KeyReused,
    #[error("the first request with this idempotency key is still running")]
    InProgress,
    #[error("the receipt of an earlier request is gone")]
    ReceiptGone,
}
