//! Plans and executes a transfer: a migration of legacy accounts, or an import from the browser or
//! anonymous sessions.

use super::idempotency::{IdempotentRequest, RequestMutex};
use super::migration_flags::flag_changes;
use super::transfer_error::TransferError;
use super::transfer_sources::{TransferOrigin, read_transfer_input};
use crate::auth::VerifiedUser;
use crate::blocking::run_blocking;
use crate::clock::now;
use crate::store::{
    ActorKind, AuditRecord, Change, ChangedHash, CommitRequest, CommitResult, HISTORY_DAYS,
    IdempotencyRecord, NewReceipt, Store, StoreError, Write,
};
use bytes::Bytes;
use shared::api::{Choices, Plan, ReceiptKind};
use shared::ids::LegacyOwner;
use shared::transfer::receipt::{self, ReceiptMetadata};
use shared::transfer::{Source, SourceWrite, TransferInput, TransferOutput, TransferPlan};
use uuid::Uuid;

/// A request to execute a transfer.
pub struct TransferRequest {
    pub origin: TransferOrigin,
    pub choices: Choices,
    /// Fingerprint of the plan that the user saw.
    pub fingerprint: String,
    pub idempotency_key: String,
    /// The body as sent. The same key with another body is refused.
    pub payload: Bytes,
    pub request_id: String,
}

/// Returns the plan of a transfer. Changes nothing.
pub async fn plan_transfer(
    store: &Store,
    user: &VerifiedUser,
    origin: &TransferOrigin,
) -> Result<Plan, TransferError> {
    let input = read_transfer_input(store, user, origin).await?;
    let plan = run_blocking(input.bytes(), move || {
        TransferPlan::new(&input).map(|planned| planned.plan)
    });
    Ok(plan.await?)
}

/// Executes a transfer once per idempotency key, on exactly the values that the user's plan was
/// made from. Returns the receipt as JSON.
pub async fn execute_transfer(
    store: &Store,
    mutex: &RequestMutex,
    user: &VerifiedUser,
    request: TransferRequest,
) -> Result<Bytes, TransferError> {
    let TransferRequest {
        origin,
        choices,
        fingerprint,
        request_id,
        ..
    } = request;
    let (kind, kind_name) = match origin {
        TransferOrigin::LegacyAccounts => (ReceiptKind::Migration, "migration"),
        TransferOrigin::Browser(_) | TransferOrigin::Sessions(_) | TransferOrigin::Visitor(_) => {
            (ReceiptKind::Import, "import")
        }
    };
    let idempotent = IdempotentRequest::new(
        user.user_id,
        &request.idempotency_key,
        kind_name,
        &request.payload,
    );
    let _guard = idempotent.lock(mutex).await?;
    if let Some(receipt) = idempotent.earlier_receipt(store).await? {
        return Ok(json(&receipt)?);
    }
    let input = read_transfer_input(store, user, &origin).await?;
    let metadata = ReceiptMetadata {
        id: Uuid::new_v4(),
        kind,
        at: now(),
        request_id,
        target_owner: user.user_id,
    };
    let record = idempotent.record();
    let commit = run_blocking(input.bytes(), move || {
        let planned = TransferPlan::new(&input)?;
        if planned.plan.fingerprint.as_deref() != Some(&fingerprint) {
            return Ok(None);
        }
        let output = planned.apply(&choices);
        let output = output.map_err(TransferError::InvalidChoices)?;
        commit_request(input, output, metadata, kind_name, record).map(Some)
    });
    if let Some((commit, receipt)) = commit.await? {
        match store.commit(commit).await? {
            CommitResult::Applied => return Ok(receipt),
            CommitResult::Replayed {
                payload_hash,
                receipt,
            } => {
                let receipt = idempotent.recorded_receipt(store, &payload_hash, receipt);
                return Ok(json(&receipt.await?)?);
            }
            CommitResult::Conflict => {}
        }
    }
    // The plan is stale. The same request in another process may be the reason; then its receipt is
    // the answer.
    if let Some(receipt) = idempotent.earlier_receipt(store).await? {
        return Ok(json(&receipt)?);
    }
    let plan = plan_transfer(store, user, &origin).await?;
    Err(TransferError::StalePlan(Box::new(plan)))
}

/// Returns the commit of a transfer, and its receipt as JSON.
fn commit_request(
    input: TransferInput,
    output: TransferOutput,
    metadata: ReceiptMetadata,
    kind_name: &'static str,
    idempotency: IdempotencyRecord,
) -> Result<(CommitRequest, Bytes), TransferError> {
    let request_id = metadata.request_id.clone();
    let receipt = receipt::receipt(metadata, output.items);
    let receipt_json = json(&receipt)?;
    let owners = input.sources.iter().flat_map(|source| &source.owner);
    let from = owners
        .map(LegacyOwner::as_str)
        .collect::<Vec<_>>()
        .join(" ");
    let flags = flag_changes(&input);
    let mut changes = vec![Change {
        hash: ChangedHash::Collections,
        field: input.owner.to_string(),
        expected: input.target,
        write: Write::Set(output.target.into_bytes()),
    }];
    let sources = input.sources.into_iter().zip(output.sources);
    changes.extend(sources.filter_map(|(source, write)| source_change(source, write)));
    changes.extend(flags);
    changes.extend(output.notes.into_iter().map(Change::from));
    let commit = CommitRequest {
        owner: input.owner,
        idempotency: Some(idempotency),
        receipt: Some(NewReceipt {
            id: receipt.id,
            json: receipt_json.clone(),
            keeps_before_image: true,
            is_full: true,
        }),
        audit: AuditRecord {
            actor: ActorKind::Person,
            kind: kind_name,
            from,
            collections: receipt.moved + receipt.merged + receipt.renamed,
            members: receipt.members,
            request_id,
        },
        changes,
        histories: Vec::new(),
        history_days: HISTORY_DAYS,
    };
    Ok((commit, receipt_json))
}

/// Returns the change of a source's list; `None` for the browser. The list gets back the lost
/// entries that are not transferred, whatever the user chose for them.
fn source_change(source: Source, write: SourceWrite) -> Option<Change> {
    let planned_list = source.list.unwrap_or_default();
    let (expected, write) = match (source.recovery, write) {
        (None, SourceWrite::Unchanged) => (Some(planned_list), Write::Keep),
        (None, SourceWrite::Remove) => (Some(planned_list), Write::Delete),
        (None, SourceWrite::Set(list)) => (Some(planned_list), Write::Set(list.into_bytes())),
        (Some(recovery), write) => {
            let remaining = match write {
                SourceWrite::Unchanged => Some(planned_list.clone()),
                SourceWrite::Remove => None,
                SourceWrite::Set(list) => Some(list.into_bytes()),
            };
            let before = planned_list;
            (recovery.stored, Write::Recover { remaining, before })
        }
    };
    Some(Change {
        hash: source.hash.into(),
        field: source.owner?.as_str().to_owned(),
        expected,
        write,
    })
}

fn json(receipt: &shared::api::Receipt) -> Result<Bytes, StoreError> {
    Ok(serde_json::to_vec(receipt)?.into())
}
