//! The receipt of a transfer.

use crate::api::{Action, Receipt, ReceiptItem, ReceiptKind};
use crate::timestamp::Timestamp;
use uuid::Uuid;

/// The days within which a transfer can be undone. Its before-image is kept as long.
pub const UNDO_DAYS: i64 = 30;

/// The fields of a receipt that do not depend on its items.
#[derive(Debug, Clone)]
pub struct ReceiptMetadata {
    /// Id of the receipt.
    pub id: Uuid,
    /// The kind of transfer.
    pub kind: ReceiptKind,
    /// The time of the transfer.
    pub at: Timestamp,
    /// Id of the request that made the transfer.
    pub request_id: String,
    /// The receiving account.
    pub target_owner: Uuid,
}

/// Makes a receipt and counts the items by action. An undo cannot be undone.
pub fn receipt(metadata: ReceiptMetadata, items: Vec<ReceiptItem>) -> Receipt {
    let days = if metadata.kind == ReceiptKind::Undo {
        0
    } else {
        UNDO_DAYS
    };
    let count = |action| items.iter().filter(|item| item.action == action).count() as u64;
    let is_renamed = |item: &&ReceiptItem| {
        item.action == Action::KeepBoth && item.target_name.as_ref() != Some(&item.source_name)
    };
    let renamed = items.iter().filter(is_renamed).count() as u64;
    Receipt {
        id: metadata.id,
        kind: metadata.kind,
        at: metadata.at,
        request_id: metadata.request_id,
        target_owner: metadata.target_owner,
        undoable_until: metadata.at.plus_days(days),
        undone_by: None,
        moved: count(Action::Move) + count(Action::KeepBoth) - renamed,
        merged: count(Action::Merge),
        renamed,
        already_present: count(Action::AlreadyPresent),
        skipped: count(Action::Skip),
        unreadable: count(Action::Leave),
        members: items
            .iter()
            .filter(|item| item.action.transfers())
            .map(|item| item.num_members)
            .sum(),
        items,
        is_summary: false,
        undo_dropped: false,
    }
}

/// Returns the summary of a receipt: everything but its items.
pub fn summary(receipt: Receipt) -> Receipt {
    Receipt {
        items: Vec::new(),
        is_summary: true,
        ..receipt
    }
}
