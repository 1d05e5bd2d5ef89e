//! From the request to the receipt.

use super::attempt::{Attempt, Executed};
use super::decide::Wanted;
use super::{TransferError, plan};
use crate::service::apart::{apart, apart_unawaited};
use crate::service::idempotency::{Once, Running};
use crate::service::ready::{self, Reading};
use crate::service::sources;
use crate::store::{Committed, Purpose, Store, Watched};
use shared::transfer::TransferInput;

/// Executes a transfer, once per idempotency key, on exactly the values that the user's plan was
/// made from.
///
/// # Errors
/// [`TransferError`].
pub async fn execute(
    store: &Store,
    running: &Running,
    attempt: &Attempt<'_>,
) -> Result<Executed, TransferError> {
    let owner = attempt.user.user_id;
    let once = Once::new(
        owner,
        attempt.idempotency_key,
        attempt.kind_name(),
        attempt.payload,
    );
    let _turn = once.turn(running).await?;
    if let Some(receipt) = once.before(store).await? {
        return Ok(Executed::Before(receipt));
    }
    let purpose = Purpose::Transfer {
        idempotency_key: attempt.idempotency_key,
    };
    let reading = Sources { store, attempt };
    let (input, watched) = ready::read(store, owner, purpose, &reading).await?;
    let wanted = Wanted::new(attempt, &once);
    let transfer = apart(sources::bytes(&input), move || wanted.decide(input)).await?;
    let Some(transfer) = transfer else {
        return stale(store, attempt, &once).await;
    };
    let (transfer, committed) = ready::store(store, transfer, watched).await?;
    match committed {
        Committed::Now => {
            let mut transfer = transfer;
            let json = std::mem::take(&mut transfer.receipt_json);
            // To give back so much memory takes a while, and nobody has to wait for it.
            apart_unawaited(transfer.outcome.target.len(), move || drop(transfer));
            Ok(Executed::Now(json))
        }
        Committed::Before {
            payload_hash,
            receipt_id,
        } => {
            let receipt = once.receipt(store, &payload_hash, receipt_id).await?;
            Ok(Executed::Before(receipt))
        }
        Committed::Stale => stale(store, attempt, &once).await,
    }
}

/// What the transfer is planned on.
struct Sources<'a> {
    store: &'a Store,
    attempt: &'a Attempt<'a>,
}

impl Reading for Sources<'_> {
    type Found = TransferInput;
    type Error = TransferError;

    async fn read(&self, watched: Option<&mut Watched>) -> Result<TransferInput, TransferError> {
        let Attempt { user, origin, .. } = self.attempt;
        sources::read(self.store, user, origin, watched).await
    }

    fn bytes(found: &TransferInput) -> usize {
        sources::bytes(found)
    }
}

/// Answers a request whose plan is stale. The same request, running twice, may itself be what made
/// it stale: then its receipt is the answer.
async fn stale(
    store: &Store,
    attempt: &Attempt<'_>,
    once: &Once<'_>,
) -> Result<Executed, TransferError> {
    if let Some(receipt) = once.before(store).await? {
        return Ok(Executed::Before(receipt));
    }
    let fresh = plan(store, attempt.user, &attempt.origin).await?;
    Err(TransferError::StalePlan(Box::new(fresh)))
}
