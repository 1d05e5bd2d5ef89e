//! An undo that is worked out, as it is stored.

use super::found::{Found, What};
use super::{UndoAttempt, UndoError};
use crate::service::clock::now;
use crate::service::idempotency::Once;
use crate::service::ready::Ready;
use crate::store::{
    Audit, Change, Commit, HISTORY_DAYS, Hash, NewReceipt, OnceRecord, StoreError, Undoes, Write,
};
use shared::api::{Receipt, ReceiptKind};
use shared::edit::delete::{Kept, put_back};
use shared::transfer::receipt::{self, Occasion};
use shared::transfer::undo::{self, ChangedValue, Place, Restored, Undone};
use uuid::Uuid;

/// The request, as far as it is stored.
pub(super) struct Request {
    owner: Uuid,
    idempotency_key: String,
    payload_hash: String,
    id: String,
}

impl Request {
    pub(super) fn new(attempt: &UndoAttempt<'_>, once: &Once<'_>) -> Self {
        Self {
            owner: attempt.owner,
            idempotency_key: attempt.idempotency_key.to_owned(),
            payload_hash: once.payload_hash.clone(),
            id: attempt.request_id.to_owned(),
        }
    }
}

/// An undo that only has to be stored.
pub(super) struct Undo {
    request: Request,
    /// The account's field.
    field: String,
    /// What is taken back.
    undoes: Receipt,
    /// Its field.
    undoes_id: String,
    /// As it is stored.
    stored: Vec<u8>,
    /// As it is stored from then on.
    marked: String,
    /// Of a deletion.
    kept: Option<Kept>,
    values: Vec<ChangedValue>,
    /// What each value becomes.
    restored: Vec<Restored>,
    receipt: Receipt,
    receipt_json: String,
}

/// Works out what taking it back comes to.
pub(super) fn decide(request: Request, found: Found) -> Result<Undo, UndoError> {
    let Found {
        receipt: mut undoes,
        stored,
        what,
    } = found;
    let (values, undone, kept) = match what {
        What::Transfer(values) => {
            let undone = undo::undo(&undoes, &values)?;
            (values, undone, None)
        }
        What::Deletion { kept, current } => {
            let back = put_back(current.as_deref(), request.owner, &kept, now())?;
            let undone = Undone {
                values: vec![back.list.map_or(Restored::Keep, Restored::Set)],
                items: vec![back.item],
            };
            let list = ChangedValue {
                place: Place::Target,
                before: None,
                after: None,
                current,
            };
            (vec![list], undone, Some(kept))
        }
    };
    let occasion = Occasion {
        id: Uuid::new_v4(),
        kind: ReceiptKind::Undo,
        at: now(),
        request_id: request.id.clone(),
        target_owner: request.owner,
    };
    let receipt = receipt::receipt(occasion, undone.items);
    undoes.undone_by = Some(receipt.id);
    let json = |receipt: &Receipt| serde_json::to_string(receipt).map_err(StoreError::from);
    Ok(Undo {
        field: request.owner.to_string(),
        undoes_id: undoes.id.to_string(),
        marked: json(&undoes)?,
        receipt_json: json(&receipt)?,
        restored: undone.values,
        request,
        undoes,
        stored,
        kept,
        values,
        receipt,
    })
}

/// What is let go of once an undo is stored.
pub(super) struct Rest {
    _values: Vec<ChangedValue>,
    _restored: Vec<Restored>,
}

impl Undo {
    /// The receipt of the undo itself.
    pub(super) fn into_receipt(self) -> (Receipt, Rest) {
        let rest = Rest {
            _values: self.values,
            _restored: self.restored,
        };
        (self.receipt, rest)
    }

    /// The history of what comes back lives on with it.
    fn history(&self) -> Option<(Uuid, i64)> {
        let item = self.undoes.items.first()?;
        let deleted = item.source_id.as_deref().filter(|_| self.kept.is_some())?;
        Some((Uuid::parse_str(deleted).ok()?, HISTORY_DAYS))
    }
}

impl Ready for Undo {
    fn commit(&self) -> Commit<'_> {
        let values = self.values.iter().zip(&self.restored);
        let mut changes: Vec<Change<'_>> = values
            .map(|(value, restored)| change(&self.field, value, restored))
            .collect();
        changes.push(Change {
            hash: Hash::Receipts,
            field: &self.undoes_id,
            planned: Some(&self.stored),
            write: Write::Set(self.marked.as_bytes()),
        });
        let undoes = match &self.kept {
            Some(kept) => Undoes::Deletion(self.undoes.id, kept),
            None => Undoes::Transfer(self.undoes.id, &self.values),
        };
        Commit {
            owner: self.request.owner,
            once: Some(OnceRecord {
                key: &self.request.idempotency_key,
                payload_hash: &self.request.payload_hash,
            }),
            receipt: Some(NewReceipt {
                id: self.receipt.id,
                json: &self.receipt_json,
                // A deletion can be made again; its undo needs no copy of the whole list.
                image: self.kept.is_none(),
            }),
            audit: Audit {
                kind: "undo",
                from: &self.field,
                counts: (self.receipt.moved, self.receipt.members),
                request_id: &self.request.id,
            },
            changes,
            history: self.history(),
            undoes: Some(undoes),
        }
    }
}

fn change<'a>(owner: &'a str, value: &'a ChangedValue, restored: &'a Restored) -> Change<'a> {
    let (hash, field) = match &value.place {
        Place::Target => (Hash::Collections, owner),
        Place::Source(source) => (Hash::LegacyCollections, source.as_str()),
        Place::Flag(email) => (Hash::Migratable, email.as_str()),
    };
    Change {
        hash,
        field,
        planned: value.current.as_deref(),
        write: match restored {
            Restored::Keep => Write::Keep,
            Restored::Set(value) => Write::Set(value),
            Restored::Remove => Write::Delete,
        },
    }
}
