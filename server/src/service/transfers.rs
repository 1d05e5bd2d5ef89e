//! Plan and execute transfers.

use super::apart::apart;
use super::clock::now;
use super::idempotency::{Once, Running};
use super::sources::{self, Origin};
use crate::auth::VerifiedUser;
use crate::store::{Audit, Change, Commit, Committed, Hash, NewReceipt, Store, StoreError, Write};
use shared::api::{Choices, Plan, Receipt, ReceiptKind};
use shared::collection::entry_hash;
use shared::ids::LegacyOwner;
use shared::legacy::{UnreadableList, flag};
use shared::transfer::receipt::{self, Occasion};
use shared::transfer::{InvalidChoice, Outcome, SourceWrite, TransferInput, TransferPlan};
use uuid::Uuid;

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

/// What a transfer from this origin would do now.
///
/// # Errors
/// [`TransferError`]; nothing is changed in any case.
pub async fn plan(
    store: &Store,
    user: &VerifiedUser,
    origin: &Origin<'_>,
) -> Result<Plan, TransferError> {
    let input = sources::read(store, user, origin).await?;
    let planned = apart(sources::bytes(&input), move || {
        TransferPlan::new(&input).map(|planned| planned.plan)
    });
    Ok(planned.await?)
}

/// Executes a transfer, once per idempotency key, on exactly the values that the user's plan was
/// made from.
///
/// # Errors
/// [`TransferError`].
pub async fn execute(
    store: &Store,
    running: &Running,
    attempt: &Attempt<'_>,
) -> Result<Receipt, TransferError> {
    let owner = attempt.user.user_id;
    let once = Once::new(
        owner,
        attempt.idempotency_key,
        attempt.kind_name(),
        attempt.payload,
    );
    let _turn = once.turn(running).await?;
    if let Some(receipt) = once.before(store).await? {
        return Ok(receipt);
    }
    let input = sources::read(store, attempt.user, &attempt.origin).await?;
    let (choices, fingerprint) = (attempt.choices.clone(), attempt.fingerprint.to_owned());
    let (input, outcome) = apart(sources::bytes(&input), move || {
        let outcome = outcome(&input, &fingerprint, &choices);
        (input, outcome)
    })
    .await;
    let Some((outcome, target_hash)) = outcome? else {
        return stale(store, attempt, &once).await;
    };
    let occasion = Occasion {
        id: Uuid::new_v4(),
        kind: attempt.kind(),
        at: now(),
        request_id: attempt.request_id.to_owned(),
        target_owner: owner,
    };
    let receipt = receipt::receipt(occasion, &outcome.items);
    let transfer = Transfer {
        attempt,
        once: &once,
        input: &input,
        outcome: &outcome,
        target_hash,
        receipt: &receipt,
    };
    match transfer.commit(store).await? {
        Committed::Now => Ok(receipt),
        Committed::Before {
            payload_hash,
            receipt_id,
        } => once.receipt(store, &payload_hash, receipt_id).await,
        Committed::Stale => stale(store, attempt, &once).await,
    }
}

/// What the plan that the user saw comes to with these choices, and the hash of the new list; `None` if it is
/// another plan by now.
fn outcome(
    input: &TransferInput,
    fingerprint: &str,
    choices: &Choices,
) -> Result<Option<(Outcome, String)>, TransferError> {
    let planned = TransferPlan::new(input)?;
    if planned.plan.fingerprint.as_deref() != Some(fingerprint) {
        return Ok(None);
    }
    let outcome = planned.apply(choices);
    let outcome = outcome.map_err(TransferError::InvalidChoices)?;
    let hash = entry_hash(&outcome.target);
    Ok(Some((outcome, hash)))
}

impl Attempt<'_> {
    fn kind(&self) -> ReceiptKind {
        match self.origin {
            Origin::Legacy => ReceiptKind::Migration,
            Origin::Browser(_) | Origin::Session(_) => ReceiptKind::Import,
        }
    }

    fn kind_name(&self) -> &'static str {
        match self.origin {
            Origin::Legacy => "migration",
            Origin::Browser(_) | Origin::Session(_) => "import",
        }
    }
}

/// Answers a request whose plan is stale. The same request, running twice, may itself be what made
/// it stale: then its receipt is the answer.
async fn stale(
    store: &Store,
    attempt: &Attempt<'_>,
    once: &Once<'_>,
) -> Result<Receipt, TransferError> {
    if let Some(receipt) = once.before(store).await? {
        return Ok(receipt);
    }
    let fresh = plan(store, attempt.user, &attempt.origin).await?;
    Err(TransferError::StalePlan(Box::new(fresh)))
}

/// A transfer that is worked out and only has to be stored.
struct Transfer<'a> {
    attempt: &'a Attempt<'a>,
    once: &'a Once<'a>,
    input: &'a TransferInput,
    outcome: &'a Outcome,
    /// Hash of the new list.
    target_hash: String,
    receipt: &'a Receipt,
}

impl Transfer<'_> {
    async fn commit(self, store: &Store) -> Result<Committed, StoreError> {
        let Self {
            attempt,
            once,
            input,
            outcome,
            target_hash,
            receipt,
        } = self;
        let owner = input.owner.to_string();
        let flags = flag_records(input);
        let mut changes = vec![Change {
            hash: Hash::Collections,
            field: &owner,
            planned: input.target.as_deref(),
            write: Write::Set(outcome.target.as_bytes()),
            new_hash: Some(target_hash),
        }];
        for (source, write) in input.sources.iter().zip(&outcome.sources) {
            if let Some(owner) = &source.owner {
                changes.push(Change {
                    hash: Hash::LegacyCollections,
                    field: owner.as_str(),
                    planned: source.list.as_deref(),
                    write: match write {
                        SourceWrite::Unchanged => Write::Keep,
                        SourceWrite::Remove => Write::Delete,
                        SourceWrite::Set(list) => Write::Set(list.as_bytes()),
                    },
                    new_hash: None,
                });
            }
        }
        changes.extend(flags.iter().map(FlagRecord::change));
        let from: Vec<&str> = input
            .sources
            .iter()
            .filter_map(|source| source.owner.as_ref().map(LegacyOwner::as_str))
            .collect();
        let receipt_json = serde_json::to_string(receipt)?;
        store
            .commit(&Commit {
                owner: input.owner,
                once: Some(once.record()),
                receipt: Some(NewReceipt {
                    id: receipt.id,
                    json: &receipt_json,
                    image: true,
                }),
                audit: Audit {
                    kind: attempt.kind_name(),
                    from: &from.join(" "),
                    counts: (
                        receipt.moved + receipt.merged + receipt.renamed,
                        receipt.members,
                    ),
                    request_id: attempt.request_id,
                },
                changes,
                history: None,
            })
            .await
    }
}

/// gn-auth's flag of one address, and what becomes of it.
struct FlagRecord<'a> {
    email: &'a str,
    planned: Option<&'a [u8]>,
    /// `None`: it is set already, or cannot be read and stays as it is.
    new: Option<String>,
}

/// One record for each spelling of the address: several accounts may share one.
fn flag_records(input: &TransferInput) -> Vec<FlagRecord<'_>> {
    let mut records: Vec<FlagRecord<'_>> = Vec::new();
    for source in &input.sources {
        let (Some(email), Some(owner)) = (source.email.as_deref(), source.owner.as_ref()) else {
            continue;
        };
        if records.iter().any(|record| record.email == email) {
            continue;
        }
        let planned = source.flag.as_deref();
        let new = match planned {
            Some(record) => flag::with_collections_migrated(record),
            None => Some(flag::new_record(owner)),
        };
        records.push(FlagRecord {
            email,
            planned,
            new,
        });
    }
    records
}

impl FlagRecord<'_> {
    fn change(&self) -> Change<'_> {
        Change {
            hash: Hash::Migratable,
            field: self.email,
            planned: self.planned,
            write: match (&self.new, self.planned) {
                (None, _) => Write::Keep,
                (Some(new), Some(_)) => Write::Set(new.as_bytes()),
                (Some(new), None) => Write::SetIfHashExists(new.as_bytes()),
            },
            new_hash: None,
        }
    }
}
