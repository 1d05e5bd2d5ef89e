//! Changes that people make to their account's collections, each one compare-and-swap.

use super::apart::apart;
use super::clock::now;
use super::collections::{CollectionError, Versioned};
use super::turns::Turns;
use crate::store::{
    Audit, Change, Commit, Committed, DELETED_HISTORY_DAYS, HISTORY_DAYS, Hash, LEDGER, NewReceipt,
    Store, StoreError, Write,
};
use sha2::{Digest, Sha256};
use shared::api::{CollectionSummary, CreateCollection, PatchCollection, Receipt, ReceiptKind};
use shared::collection::hex;
use shared::edit::{self, CannotEdit, Edited, recorded};
use shared::history::Ledger;
use shared::timestamp::Timestamp;
use shared::transfer::receipt::{self, Occasion};
use std::sync::Arc;
use uuid::Uuid;

/// How often other programs may change the list in between before the person is asked to try again.
const ATTEMPTS: usize = 40;

/// Ids of collections made under an idempotency key.
const MADE_ONCE: Uuid = Uuid::from_u128(0x9a51_3be0_7c2d_4f86_8e14_5d0b_a9f3_6c27);

/// Edits one account's list for one request.
pub struct Editor<'a> {
    /// Redis.
    pub store: &'a Store,
    /// One account's edits come one after the other.
    pub turns: &'a Turns<Uuid>,
    /// The account.
    pub owner: Uuid,
    /// Id of the request.
    pub request_id: &'a str,
}

/// What an edit comes to on the list as it is stored now.
struct Decided<T> {
    /// What is written; `None` when the list says it already.
    write: Option<Written>,
    receipt: Option<Receipt>,
    /// The collection's history from now on, if it is kept.
    ledger: Option<String>,
    /// Members of the collection, for the audit stream.
    members: u64,
    value: T,
}

enum Written {
    List(String),
    Cut(Box<edit::Cut>),
}

impl Editor<'_> {
    /// Makes a collection. The same request under the same key finds the collection that it made.
    ///
    /// # Errors
    /// [`CollectionError`]; nothing is changed, but perhaps by a failing store.
    pub async fn create(
        &self,
        request: CreateCollection,
        idempotency_key: Option<&str>,
        payload: &[u8],
    ) -> Result<Versioned<CollectionSummary>, CollectionError> {
        let id = idempotency_key.map_or_else(Uuid::new_v4, |key| {
            let request = hex(&Sha256::digest(payload));
            Uuid::new_v5(
                &MADE_ONCE,
                format!("{} {key} {request}", self.owner).as_bytes(),
            )
        });
        let request = Arc::new(request);
        self.settle("create", None, move |list, _| {
            edit::create(list, id, &request, now()).map(Decided::from)
        })
        .await
    }

    /// Changes a collection that is still in the version seen.
    ///
    /// # Errors
    /// [`CollectionError`]; nothing is changed, but perhaps by a failing store.
    pub async fn patch(
        &self,
        id: Uuid,
        seen: String,
        request: PatchCollection,
    ) -> Result<Versioned<CollectionSummary>, CollectionError> {
        let request = Arc::new((seen, request));
        self.settle("edit", Some(id), move |list, history| {
            let ((seen, request), now) = (&*request, now());
            let edited = edit::patch(list, id, seen, request, now)?;
            Decided::recorded(edited, recorded::ledger(list, history, id, now)?, now)
        })
        .await
    }

    /// Makes a collection that is still in the version seen what it was before the change of this number.
    ///
    /// # Errors
    /// [`CollectionError`]; nothing is changed, but perhaps by a failing store.
    pub async fn go_back(
        &self,
        id: Uuid,
        seen: String,
        number: u32,
    ) -> Result<Versioned<CollectionSummary>, CollectionError> {
        let seen = Arc::new(seen);
        self.settle("go-back", Some(id), move |list, history| {
            let now = now();
            let ledger = recorded::ledger(list, history, id, now)?;
            let edited = recorded::go_back(list, &ledger, id, &seen, number, now)?;
            Decided::recorded(edited, ledger, now)
        })
        .await
    }

    /// Deletes a collection that is still in the version seen. Answers the id of the receipt by which
    /// that is undone.
    ///
    /// # Errors
    /// [`CollectionError`]; nothing is changed, but perhaps by a failing store.
    pub async fn delete(&self, id: Uuid, seen: String) -> Result<Uuid, CollectionError> {
        let (owner, seen) = (self.owner, Arc::new(seen));
        let request_id = self.request_id.to_owned();
        self.settle("delete", Some(id), move |list, _| {
            let cut = edit::delete(list, owner, id, &seen)?;
            let occasion = Occasion {
                id: Uuid::new_v4(),
                kind: ReceiptKind::Deletion,
                at: now(),
                request_id: request_id.clone(),
                target_owner: owner,
            };
            let receipt = receipt::receipt(occasion, vec![cut.item.clone()]);
            Ok(Decided {
                members: cut.item.num_members,
                write: Some(Written::Cut(Box::new(cut))),
                value: receipt.id,
                receipt: Some(receipt),
                ledger: None,
            })
        })
        .await
    }

    /// Decides on the list as it is, and on the history of the collection that is concerned, and stores that; again if
    /// others changed either in between.
    async fn settle<T: Send + 'static>(
        &self,
        kind: &str,
        collection: Option<Uuid>,
        decide: impl Fn(Option<&[u8]>, Option<&[u8]>) -> Result<Decided<T>, CannotEdit>
        + Clone
        + Send
        + 'static,
    ) -> Result<T, CollectionError> {
        let _turn = self.turns.take(self.owner).await;
        for _ in 0..ATTEMPTS {
            let (list, history) = match collection {
                Some(id) => self.store.list_and_history(self.owner, id).await?,
                None => (self.store.list(self.owner).await?, None),
            };
            let decide = decide.clone();
            let len = |value: &Option<Vec<u8>>| value.as_ref().map_or(0, Vec::len);
            let (planned, decided) = apart(len(&list) + len(&history), move || {
                let decided = decide(list.as_deref(), history.as_deref());
                ((list, history), decided)
            })
            .await;
            let decided = decided?;
            let planned = (planned.0.as_deref(), planned.1.as_deref());
            if self.store(kind, planned, collection, &decided).await? {
                return Ok(decided.value);
            }
        }
        Err(CollectionError::Contended)
    }

    /// Stores what was decided; `false` if list or history is another one by now.
    async fn store<T>(
        &self,
        kind: &str,
        (planned, history): (Option<&[u8]>, Option<&[u8]>),
        collection: Option<Uuid>,
        decided: &Decided<T>,
    ) -> Result<bool, StoreError> {
        let Some(written) = &decided.write else {
            return Ok(true);
        };
        let owner = self.owner.to_string();
        let json = decided.receipt.as_ref().map(serde_json::to_string);
        let json = json.transpose()?.unwrap_or_default();
        let receipt = decided.receipt.as_ref().map(|receipt| NewReceipt {
            id: receipt.id,
            json: &json,
            image: true,
        });
        let write = match written {
            Written::List(list) => Write::Set(list.as_bytes()),
            Written::Cut(cut) => Write::Cut {
                left: cut.list.as_bytes(),
                removed: cut.removed.as_bytes(),
                offset: cut.offset,
            },
        };
        let mut changes = vec![Change {
            hash: Hash::Collections,
            field: &owner,
            planned,
            write,
            new_hash: None,
        }];
        if let Some(ledger) = &decided.ledger {
            changes.push(Change {
                hash: Hash::History,
                field: LEDGER,
                planned: history,
                write: Write::Set(ledger.as_bytes()),
                new_hash: None,
            });
        }
        let days = match written {
            Written::List(_) => HISTORY_DAYS,
            Written::Cut(_) => DELETED_HISTORY_DAYS,
        };
        let commit = Commit {
            owner: self.owner,
            once: None,
            receipt,
            audit: Audit {
                kind,
                from: "",
                counts: (1, decided.members),
                request_id: self.request_id,
            },
            changes,
            history: collection.map(|id| (id, days)),
        };
        Ok(matches!(self.store.commit(&commit).await?, Committed::Now))
    }
}

impl Decided<Versioned<CollectionSummary>> {
    /// With the history after it; `ledger` is the one before.
    fn recorded(edited: Edited, ledger: Ledger, now: Timestamp) -> Result<Self, CannotEdit> {
        let ledger = match edited.list {
            Some(_) => Some(recorded::after(&edited, ledger, now)?),
            None => None,
        };
        Ok(Self {
            ledger,
            ..Self::from(edited)
        })
    }
}

impl From<Edited> for Decided<Versioned<CollectionSummary>> {
    fn from(edited: Edited) -> Self {
        Self {
            write: edited.list.map(Written::List),
            receipt: None,
            ledger: None,
            members: edited.summary.num_members,
            value: Versioned {
                value: edited.summary,
                version: edited.version,
            },
        }
    }
}
