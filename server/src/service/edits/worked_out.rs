//! An edit that is worked out, as it is stored.

use super::found::Found;
use crate::service::collections::{CollectionError, Versioned};
use crate::service::ready::Ready;
use crate::store::{
    Audit, Change, Commit, DELETED_HISTORY_DAYS, HISTORY_DAYS, Hash, LEDGER, NewReceipt,
    StoreError, Write,
};
use shared::api::{CollectionSummary, Receipt};
use shared::edit::recorded::{self, Asked};
use shared::edit::{self, CannotEdit, Edited};
use shared::history::Ledger;
use shared::timestamp::Timestamp;
use uuid::Uuid;

/// What an edit comes to on the list as it is stored now.
pub(super) struct Decided<T> {
    /// What is written; `None` when the list says it already.
    pub(super) write: Option<Written>,
    pub(super) receipt: Option<Receipt>,
    /// The collection's history from now on, if it is kept.
    pub(super) ledger: Option<String>,
    /// Members of the collection, for the audit stream.
    pub(super) members: u64,
    pub(super) value: T,
}

/// What the list becomes.
pub(super) enum Written {
    List(String),
    Cut(Box<edit::Cut>),
}

/// An edit that only has to be stored.
pub(super) struct WorkedOut<T> {
    owner: Uuid,
    /// The account's field.
    field: String,
    kind: &'static str,
    request_id: String,
    collection: Option<Uuid>,
    found: Found,
    decided: Decided<T>,
    receipt_json: String,
}

impl<T> WorkedOut<T> {
    pub(super) fn new(
        owner: Uuid,
        kind: &'static str,
        request_id: String,
        collection: Option<Uuid>,
        found: Found,
        decided: Decided<T>,
    ) -> Result<Self, CollectionError> {
        let json = decided.receipt.as_ref().map(serde_json::to_string);
        let json = json.transpose().map_err(StoreError::from)?;
        Ok(Self {
            field: owner.to_string(),
            receipt_json: json.unwrap_or_default(),
            owner,
            kind,
            request_id,
            collection,
            found,
            decided,
        })
    }

    /// Whether the list says it already.
    pub(super) fn writes_nothing(&self) -> bool {
        self.decided.write.is_none()
    }

    /// What is answered.
    pub(super) fn into_value(self) -> T {
        self.decided.value
    }

    /// What becomes of the list, and for how many days the history lives from then on.
    fn write(&self) -> (Write<'_>, i64) {
        match &self.decided.write {
            None => (Write::Keep, HISTORY_DAYS),
            Some(Written::List(list)) => (Write::Set(list.as_bytes()), HISTORY_DAYS),
            Some(Written::Cut(cut)) => {
                let cut = Write::Cut {
                    left: cut.list.as_bytes(),
                    removed: cut.removed.as_bytes(),
                    offset: cut.offset,
                };
                (cut, DELETED_HISTORY_DAYS)
            }
        }
    }
}

impl<T: Send + 'static> Ready for WorkedOut<T> {
    fn commit(&self) -> Commit<'_> {
        let (write, days) = self.write();
        let mut changes = vec![Change {
            hash: Hash::Collections,
            field: &self.field,
            planned: self.found.list.as_deref(),
            write,
        }];
        changes.extend(self.decided.ledger.as_deref().map(|ledger| Change {
            hash: Hash::History,
            field: LEDGER,
            planned: self.found.history.as_deref(),
            write: Write::Set(ledger.as_bytes()),
        }));
        let receipt = self.decided.receipt.as_ref().map(|receipt| NewReceipt {
            id: receipt.id,
            json: &self.receipt_json,
            image: true,
        });
        Commit {
            owner: self.owner,
            once: None,
            receipt,
            audit: Audit {
                kind: self.kind,
                from: "",
                counts: (1, self.decided.members),
                request_id: &self.request_id,
            },
            changes,
            history: self.collection.map(|id| (id, days)),
            undoes: None,
        }
    }
}

impl Decided<Versioned<CollectionSummary>> {
    /// With the history after it; `ledger` is the one before.
    pub(super) fn recorded(
        edited: Edited,
        ledger: Ledger,
        now: Timestamp,
        asked: Asked,
    ) -> Result<Self, CannotEdit> {
        let ledger = match edited.list {
            Some(_) => Some(recorded::after(&edited, ledger, now, asked)?),
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
