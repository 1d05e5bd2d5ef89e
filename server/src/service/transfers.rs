//! Plan and execute transfers.

use super::apart::{apart, apart_unawaited, blocking};
use super::clock::now;
use super::idempotency::{Once, Running};
use super::sources::{self, Origin};
use crate::auth::VerifiedUser;
use crate::store::{
    Audit, Change, Commit, Committed, Hash, NewReceipt, OnceRecord, Store, StoreError, Watched,
    Write,
};
use serde::ser::Error;
use shared::api::{Choices, Plan, Receipt, ReceiptKind};
use shared::collection::entry_hash;
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

/// What became of a request that was not refused.
pub enum Executed {
    /// Its receipt, as JSON.
    Now(String),
    /// It had its effect before.
    Before(Receipt),
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
    let (input, watched) = read(store, attempt).await?;
    let wanted = Wanted::new(attempt, &once);
    // Where it is watched, the new list is hashed while it is sent.
    let hashes = watched.is_none();
    let transfer = apart(sources::bytes(&input), move || wanted.decide(input, hashes)).await?;
    let Some(transfer) = transfer else {
        return stale(store, attempt, &once).await;
    };
    let (transfer, committed) = commit(store, transfer, watched).await?;
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

/// Reads what the transfer is planned on; where that is large, it is watched from before on.
async fn read(
    store: &Store,
    attempt: &Attempt<'_>,
) -> Result<(TransferInput, Option<Watched>), TransferError> {
    let (user, origin) = (attempt.user, &attempt.origin);
    let mut unwatched = None;
    if !store.is_large(user.user_id) {
        let input = sources::read(store, user, origin, None).await?;
        if sources::bytes(&input) < store.large() {
            return Ok((input, None));
        }
        unwatched = Some(input);
    }
    let mut watched = store.watch(user.user_id, attempt.idempotency_key).await;
    match (unwatched, &mut watched) {
        (Some(input), None) => Ok((input, None)),
        (_, watching) => {
            let input = sources::read(store, user, origin, watching.as_mut()).await?;
            Ok((input, watched))
        }
    }
}

/// Stores a transfer.
async fn commit(
    store: &Store,
    transfer: Transfer,
    watched: Option<Watched>,
) -> Result<(Transfer, Committed), StoreError> {
    let Some(watched) = watched else {
        let committed = store.commit(&transfer.commit()).await?;
        return Ok((transfer, committed));
    };
    let (transfer, committed) = blocking(move || {
        let mut transfer = transfer;
        let committed = watched.commit(&transfer.commit());
        if matches!(committed, Ok(None)) {
            transfer.target_hash = Some(entry_hash(&transfer.outcome.target));
        }
        (transfer, committed)
    })
    .await;
    let committed = match committed? {
        Some(committed) => committed,
        None => store.commit(&transfer.commit()).await?,
    };
    Ok((transfer, committed))
}

/// What is asked for, apart from the request itself.
struct Wanted {
    choices: Choices,
    fingerprint: String,
    kind: ReceiptKind,
    kind_name: &'static str,
    request_id: String,
    idempotency_key: String,
    payload_hash: String,
}

impl Wanted {
    fn new(attempt: &Attempt<'_>, once: &Once<'_>) -> Self {
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
    fn decide(self, input: TransferInput, hashes: bool) -> Result<Option<Transfer>, TransferError> {
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
            target_hash: hashes.then(|| entry_hash(&outcome.target)),
            wanted: self,
            input,
            outcome,
            receipt,
            receipt_json,
        }))
    }
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
) -> Result<Executed, TransferError> {
    if let Some(receipt) = once.before(store).await? {
        return Ok(Executed::Before(receipt));
    }
    let fresh = plan(store, attempt.user, &attempt.origin).await?;
    Err(TransferError::StalePlan(Box::new(fresh)))
}

/// A receipt as JSON. It may be megabytes long, and is not to be copied about while it is written.
fn json(receipt: &Receipt) -> Result<String, StoreError> {
    let mut json = Vec::with_capacity(512 * (receipt.items.len() + 1));
    serde_json::to_writer(&mut json, receipt)?;
    Ok(String::from_utf8(json).map_err(serde_json::Error::custom)?)
}

/// A transfer that is worked out and only has to be stored.
struct Transfer {
    wanted: Wanted,
    input: TransferInput,
    outcome: Outcome,
    /// Hash of the new list, if that was made already.
    target_hash: Option<String>,
    receipt: Receipt,
    receipt_json: String,
    /// The account that receives.
    owner: String,
    /// The owners taken from, separated by spaces.
    from: String,
    flags: Vec<FlagRecord>,
}

impl Transfer {
    fn commit(&self) -> Commit<'_> {
        Commit {
            owner: self.input.owner,
            once: Some(OnceRecord {
                key: &self.wanted.idempotency_key,
                payload_hash: &self.wanted.payload_hash,
            }),
            receipt: Some(NewReceipt {
                id: self.receipt.id,
                json: &self.receipt_json,
                image: true,
            }),
            audit: Audit {
                kind: self.wanted.kind_name,
                from: &self.from,
                counts: (
                    self.receipt.moved + self.receipt.merged + self.receipt.renamed,
                    self.receipt.members,
                ),
                request_id: &self.wanted.request_id,
            },
            changes: self.changes(),
            history: None,
        }
    }

    fn changes(&self) -> Vec<Change<'_>> {
        let mut changes = vec![Change {
            hash: Hash::Collections,
            field: &self.owner,
            planned: self.input.target.as_deref(),
            write: Write::Set(self.outcome.target.as_bytes()),
            new_hash: self.target_hash.clone(),
        }];
        for (source, write) in self.input.sources.iter().zip(&self.outcome.sources) {
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
        changes.extend(self.flags.iter().map(|flag| flag.change(&self.input)));
        changes
    }
}

/// gn-auth's flag of one address, and what becomes of it.
struct FlagRecord {
    email: String,
    /// The first source with this address.
    source: usize,
    /// `None`: it is set already, or cannot be read and stays as it is.
    new: Option<String>,
}

/// One record for each spelling of the address: several accounts may share one.
fn flag_records(input: &TransferInput) -> Vec<FlagRecord> {
    let mut records: Vec<FlagRecord> = Vec::new();
    for (number, source) in input.sources.iter().enumerate() {
        let (Some(email), Some(owner)) = (source.email.as_deref(), source.owner.as_ref()) else {
            continue;
        };
        if records.iter().any(|record| record.email == email) {
            continue;
        }
        let new = match source.flag.as_deref() {
            Some(record) => flag::with_collections_migrated(record),
            None => Some(flag::new_record(owner)),
        };
        records.push(FlagRecord {
            email: email.to_owned(),
            source: number,
            new,
        });
    }
    records
}

impl FlagRecord {
    fn change<'a>(&'a self, input: &'a TransferInput) -> Change<'a> {
        let planned = input
            .sources
            .get(self.source)
            .and_then(|source| source.flag.as_deref());
        Change {
            hash: Hash::Migratable,
            field: &self.email,
            planned,
            write: match (&self.new, planned) {
                (None, _) => Write::Keep,
                (Some(new), Some(_)) => Write::Set(new.as_bytes()),
                (Some(new), None) => Write::SetIfHashExists(new.as_bytes()),
            },
            new_hash: None,
        }
    }
}
