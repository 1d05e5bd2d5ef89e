//! Changes that people make to their account's collections, each one compare-and-swap.

use super::apart::apart;
use super::clock::now;
use super::collections::{CollectionError, Versioned};
use super::turns::Turns;
use crate::store::{Audit, Change, Commit, Committed, Hash, NewReceipt, Store, StoreError, Write};
use sha2::{Digest, Sha256};
use shared::api::{CollectionSummary, CreateCollection, PatchCollection, Receipt, ReceiptKind};
use shared::collection::hex;
use shared::edit::{self, CannotEdit, Edited};
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
        self.settle("create", move |list| {
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
        self.settle("edit", move |list| {
            let (seen, request) = &*request;
            edit::patch(list, id, seen, request, now()).map(Decided::from)
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
        self.settle("delete", move |list| {
            let cut = edit::delete(list, owner, id, &seen)?;
            let occasion = Occasion {
                id: Uuid::new_v4(),
                kind: ReceiptKind::Deletion,
                at: now(),
                request_id: request_id.clone(),
                target_owner: owner,
            };
            let receipt = receipt::receipt(occasion, std::slice::from_ref(&cut.item));
            Ok(Decided {
                members: cut.item.num_members,
                write: Some(Written::Cut(Box::new(cut))),
                value: receipt.id,
                receipt: Some(receipt),
            })
        })
        .await
    }

    /// Decides on the list as it is and stores that, again if others changed it in between.
    async fn settle<T: Send + 'static>(
        &self,
        kind: &str,
        decide: impl Fn(Option<&[u8]>) -> Result<Decided<T>, CannotEdit> + Clone + Send + 'static,
    ) -> Result<T, CollectionError> {
        let _turn = self.turns.take(self.owner).await;
        for _ in 0..ATTEMPTS {
            let list = self.store.list(self.owner).await?;
            let decide = decide.clone();
            let (list, decided) = apart(list.as_ref().map_or(0, Vec::len), move || {
                let decided = decide(list.as_deref());
                (list, decided)
            })
            .await;
            let decided = decided?;
            if self.store(kind, list.as_deref(), &decided).await? {
                return Ok(decided.value);
            }
        }
        Err(CollectionError::Contended)
    }

    /// Stores what was decided; `false` if the list is another one by now.
    async fn store<T>(
        &self,
        kind: &str,
        planned: Option<&[u8]>,
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
            changes: vec![Change {
                hash: Hash::Collections,
                field: &owner,
                planned,
                write,
            }],
        };
        Ok(matches!(self.store.commit(&commit).await?, Committed::Now))
    }
}

impl From<Edited> for Decided<Versioned<CollectionSummary>> {
    fn from(edited: Edited) -> Self {
        Self {
            write: edited.list.map(Written::List),
            receipt: None,
            members: edited.summary.num_members,
            value: Versioned {
                value: edited.summary,
                version: edited.version,
            },
        }
    }
}
