//! Imports the collections of an anonymous visitor of GN2 into an account.

use crate::auth::VerifiedUser;
use crate::service::TransferError;
use crate::service::idempotency::RequestMutex;
use crate::service::transfer::{TransferRequest, execute_transfer, plan_transfer};
use crate::service::transfer_sources::TransferOrigin;
use crate::store::{Store, StoreError};
use bytes::Bytes;
use shared::api::{Choices, Receipt};
use shared::transfer::InvalidChoice;
use uuid::Uuid;

/// How often the lists may change between plan and commit before the visitor is asked to try again.
const MAX_ATTEMPTS: usize = 40;

/// Imports all collections with their default choices, and returns how many joined the account.
/// Collections that the account has already, and empty ones, stay in the visitor's list.
pub async fn import_all(
    store: &Store,
    mutex: &RequestMutex,
    user: &VerifiedUser,
    visitor: Uuid,
    request_id: &str,
) -> Result<u64, TransferError> {
    let mut result = Ok(0);
    for _ in 0..MAX_ATTEMPTS {
        let origin = TransferOrigin::Visitor(visitor);
        let plan = plan_transfer(store, user, &origin).await?;
        let Some(fingerprint) = plan.fingerprint else {
            return Ok(0);
        };
        let request = TransferRequest {
            origin,
            choices: Choices::default(),
            fingerprint,
            // GN2 sends each request once.
            idempotency_key: Uuid::new_v4().to_string(),
            payload: Bytes::new(),
            request_id: request_id.to_owned(),
        };
        match execute_transfer(store, mutex, user, request).await {
            Ok(receipt) => return imported(&receipt),
            Err(TransferError::InvalidChoices(invalid))
                if invalid == [InvalidChoice::NothingChosen] =>
            {
                return Ok(0);
            }
            Err(stale @ TransferError::StalePlan(_)) => result = Err(stale),
            Err(error) => return Err(error),
        }
    }
    result
}

fn imported(receipt: &[u8]) -> Result<u64, TransferError> {
    let receipt: Receipt = serde_json::from_slice(receipt).map_err(StoreError::from)?;
    Ok(receipt.moved + receipt.merged + receipt.renamed)
}
