//! A request to execute a transfer, and what becomes of it.

use crate::auth::VerifiedUser;
use crate::service::sources::Origin;
use shared::api::{Choices, Receipt, ReceiptKind};

/// One request to execute a transfer.
pub struct Attempt<'a> {
    /// Who asks, and receives.
    pub user: &'a VerifiedUser,
    /// Where the collections come from.
    pub origin: Origin<'a>,
    /// What the user chose.
    pub choices: &'a Choices,
    /// The fingerprint of the plan that the user saw.
    pub fingerprint: &'a str,
    /// The client's key for this request.
    pub idempotency_key: &'a str,
    /// The body as sent: the same key with another one is refused.
    pub payload: &'a [u8],
    /// Id of the request.
    pub request_id: &'a str,
}

/// What became of a request that was not refused.
pub enum Executed {
    /// Its receipt, as JSON.
    Now(String),
    /// It had its effect before.
    Before(Receipt),
}

impl Attempt<'_> {
    pub(super) fn kind(&self) -> ReceiptKind {
        match self.origin {
            Origin::Legacy => ReceiptKind::Migration,
            Origin::Browser(_) | Origin::Session(_) => ReceiptKind::Import,
        }
    }

    pub(super) fn kind_name(&self) -> &'static str {
        match self.origin {
            Origin::Legacy => "migration",
            Origin::Browser(_) | Origin::Session(_) => "import",
        }
    }
}
