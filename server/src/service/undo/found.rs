//! What an undo is decided on, as it is stored now.

use super::{UndoAttempt, UndoError};
use crate::service::ready::Reading;
use crate::store::{Store, Watched};
use shared::api::{Receipt, ReceiptKind};
use shared::edit::delete::Kept;
use shared::transfer::undo::ChangedValue;

const TOO_LATE: UndoError = UndoError::NotUndoable("its time is over");

/// The receipt that is taken back, and what was there before.
pub(super) struct Found {
    pub(super) receipt: Receipt,
    /// The receipt as it is stored.
    pub(super) stored: Vec<u8>,
    pub(super) what: What,
}

/// What the receipt records.
pub(super) enum What {
    /// A transfer: the values that it changed.
    Transfer(Vec<ChangedValue>),
    /// A deletion.
    Deletion {
        /// What was cut out.
        kept: Kept,
        /// The account's list.
        current: Option<Vec<u8>>,
    },
}

/// Where it is read.
pub(super) struct Receipts<'a> {
    pub(super) store: &'a Store,
    pub(super) attempt: &'a UndoAttempt<'a>,
}

impl Reading for Receipts<'_> {
    type Found = Found;
    type Error = UndoError;

    async fn read(&self, mut watched: Option<&mut Watched>) -> Result<Found, UndoError> {
        let Self { store, attempt } = self;
        let (owner, id) = (attempt.owner, attempt.receipt);
        let record = store.receipt_record(owner, id, watched.as_deref_mut());
        let (receipt, stored) = record.await?.ok_or(UndoError::NotFound)?;
        if receipt.kind == ReceiptKind::Undo {
            return Err(UndoError::NotUndoable("it is an undo itself"));
        }
        if receipt.undone_by.is_some() {
            return Err(UndoError::NotUndoable("it was undone before"));
        }
        let what = if receipt.kind == ReceiptKind::Deletion {
            let kept = store.kept(owner, id, watched.as_deref_mut()).await?;
            What::Deletion {
                kept: kept.ok_or(TOO_LATE)?,
                current: store.list_by(owner, watched).await?,
            }
        } else {
            let values = store.changed_values(owner, id, watched).await?;
            What::Transfer(values.ok_or(TOO_LATE)?)
        };
        Ok(Found {
            receipt,
            stored,
            what,
        })
    }

    fn bytes(found: &Found) -> usize {
        found.bytes()
    }
}

impl Found {
    /// How many bytes are worked on.
    pub(super) fn bytes(&self) -> usize {
        let len = |value: &Option<Vec<u8>>| value.as_ref().map_or(0, Vec::len);
        let values = match &self.what {
            What::Transfer(values) => values
                .iter()
                .map(|value| len(&value.before) + len(&value.current))
                .sum(),
            What::Deletion { kept, current } => kept.removed.len() + len(current),
        };
        self.stored.len() + values
    }
}
