//! What the plan comes to with what the user chose.

use super::TransferError;
use super::attempt::Attempt;
use super::flags::flag_records;
use super::worked_out::Transfer;
use crate::service::clock::now;
use crate::service::idempotency::Once;
use crate::store::StoreError;
use serde::ser::Error;
use shared::api::{Choices, Receipt, ReceiptKind};
use shared::transfer::receipt::{self, Occasion};
use shared::transfer::{TransferInput, TransferPlan};
use uuid::Uuid;

/// What is asked for, apart from the request itself.
pub(super) struct Wanted {
    choices: Choices,
    fingerprint: String,
    kind: ReceiptKind,
    pub(super) kind_name: &'static str,
    pub(super) request_id: String,
    pub(super) idempotency_key: String,
    pub(super) payload_hash: String,
}

impl Wanted {
    pub(super) fn new(attempt: &Attempt<'_>, once: &Once<'_>) -> Self {
        Self {
            choices: attempt.choices.clone(),
            fingerprint: attempt.fingerprint.to_owned(),
            kind: attempt.kind(),
            kind_name: attempt.kind_name(),
            request_id: attempt.request_id.to_owned(),
            idempotency_key: attempt.idempotency_key.to_owned(),
            payload_hash: once.payload_hash.clone(),
        }
    }

    /// What the plan that the user saw comes to with these choices; `None` if it is another plan by now.
    pub(super) fn decide(self, input: TransferInput) -> Result<Option<Transfer>, TransferError> {
        let planned = TransferPlan::new(&input)?;
        if planned.plan.fingerprint.as_deref() != Some(&self.fingerprint) {
            return Ok(None);
        }
        let outcome = planned.apply(&self.choices);
        let mut outcome = outcome.map_err(TransferError::InvalidChoices)?;
        let occasion = Occasion {
            id: Uuid::new_v4(),
            kind: self.kind,
            at: now(),
            request_id: self.request_id.clone(),
            target_owner: input.owner,
        };
        let receipt = receipt::receipt(occasion, std::mem::take(&mut outcome.items));
        let receipt_json = json(&receipt)?;
        let owners = input.sources.iter().filter_map(|source| {
            let owner = source.owner.as_ref()?;
            Some(owner.as_str())
        });
        Ok(Some(Transfer {
            owner: input.owner.to_string(),
            from: owners.collect::<Vec<_>>().join(" "),
            flags: flag_records(&input),
            wanted: self,
            input,
            outcome,
            receipt,
            receipt_json,
        }))
    }
}

/// A receipt as JSON. It may be megabytes long, and is not to be copied about while it is written.
fn json(receipt: &Receipt) -> Result<String, StoreError> {
    let mut json = Vec::with_capacity(512 * (receipt.items.len() + 1));
    serde_json::to_writer(&mut json, receipt)?;
    Ok(String::from_utf8(json).map_err(serde_json::Error::custom)?)
}
