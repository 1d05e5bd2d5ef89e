//! Changes that people make to their account's collections, each one compare-and-swap.
//!
//! - [`found`]: what an edit is decided on
//! - [`worked_out`]: what it comes to, and what is stored

mod found;
mod worked_out;

use super::apart::apart;
use super::clock::now;
use super::collections::{CollectionError, Versioned};
use super::ready::{self, Reading};
use super::receipts;
use super::turns::Turns;
use crate::store::{Committed, Purpose, Store};
use found::Stored;
use sha2::{Digest, Sha256};
use shared::api::{CollectionSummary, CreateCollection, PatchCollection, ReceiptKind};
use shared::collection::hex;
use shared::edit::delete::is_deletion;
use shared::edit::recorded::{self, Asked};
use shared::edit::{self, CannotEdit};
use shared::transfer::receipt::{self, Occasion};
use std::sync::Arc;
use uuid::Uuid;
use worked_out::{Decided, WorkedOut, Written};

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

    /// Changes a collection that is still in the version seen. The same request again finds what it did, as long as nobody
    /// else has changed the collection since.
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
            let asked = Asked::patch(seen, request);
            let edited = edit::patch(list, id, seen, request, now).or_else(|refused| {
                recorded::repeated(list, history, id, &asked, now).ok_or(refused)
            })?;
            let ledger = recorded::ledger(list, history, id, now)?;
            Decided::recorded(edited, ledger, now, asked)
        })
        .await
    }

    /// Makes a collection that is still in the version seen what it was before the change of this number. The same request
    /// again finds what it did, as with [`Self::patch`].
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
            let (asked, now) = (Asked::go_back(&seen, number), now());
            let ledger = recorded::ledger(list, history, id, now)?;
            let edited = recorded::go_back(list, &ledger, id, &seen, number, now);
            let edited = edited.or_else(|refused| {
                recorded::repeated(list, history, id, &asked, now).ok_or(refused)
            })?;
            Decided::recorded(edited, ledger, now, asked)
        })
        .await
    }

    /// Deletes a collection that is still in the version seen. Answers the id of the receipt by which
    /// that is undone. The same request again finds that receipt.
    ///
    /// # Errors
    /// [`CollectionError`]; nothing is changed, but perhaps by a failing store.
    pub async fn delete(&self, id: Uuid, seen: String) -> Result<Uuid, CollectionError> {
        let (owner, version) = (self.owner, Arc::new(seen));
        let (request_id, seen) = (self.request_id.to_owned(), version.clone());
        let deleted = self.settle("delete", Some(id), move |list, _| {
            let cut = edit::delete(list, owner, id, &version)?;
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
        });
        match deleted.await {
            Err(CollectionError::NotFound) => self.deleted_before(id, &seen).await,
            deleted => deleted,
        }
    }

    /// The receipt of the deletion that has taken away the collection in the version seen.
    async fn deleted_before(&self, id: Uuid, seen: &str) -> Result<Uuid, CollectionError> {
        let receipts = receipts::list(self.store, self.owner).await?;
        let receipt = receipts
            .iter()
            .find(|receipt| is_deletion(receipt, id, seen));
        let receipt = receipt.ok_or(CollectionError::NotFound)?;
        self.store.confirm().await?;
        Ok(receipt.id)
    }

    /// Decides on the list as it is, and on the history of the collection that is concerned, and stores that; again if
    /// others changed either in between.
    async fn settle<T: Send + 'static>(
        &self,
        kind: &'static str,
        collection: Option<Uuid>,
        decide: impl Fn(Option<&[u8]>, Option<&[u8]>) -> Result<Decided<T>, CannotEdit>
        + Clone
        + Send
        + 'static,
    ) -> Result<T, CollectionError> {
        let _turn = self.turns.take(self.owner).await;
        let purpose = Purpose::Edit { collection };
        let reading = Stored {
            store: self.store,
            owner: self.owner,
            collection,
        };
        for _ in 0..ATTEMPTS {
            let (found, watched) = ready::read(self.store, self.owner, purpose, &reading).await?;
            let (owner, request_id) = (self.owner, self.request_id.to_owned());
            let decide = decide.clone();
            let edit = apart(Stored::bytes(&found), move || {
                let decided = decide(found.list.as_deref(), found.history.as_deref())?;
                WorkedOut::new(owner, kind, request_id, collection, found, decided)
            });
            let edit = edit.await?;
            if edit.writes_nothing() {
                // It may say so because of the same request before, which was told that no replica had it yet.
                self.store.confirm().await?;
                return Ok(edit.into_value());
            }
            let (edit, committed) = ready::store(self.store, edit, watched).await?;
            if let Committed::Now = committed {
                return Ok(edit.into_value());
            }
        }
        Err(CollectionError::Contended)
    }
}
