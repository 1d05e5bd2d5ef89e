//! The receipt of a transfer.

use crate::api::{Action, Receipt, ReceiptItem, ReceiptKind};
use crate::timestamp::Timestamp;
use uuid::Uuid;

/// How long a transfer can be undone, in days; its before-image is kept as long.
pub const UNDO_DAYS: i64 = 30;

/// What a receipt says beside the items.
#[derive(Debug, Clone)]
pub struct Occasion {
    /// Id of the receipt.
    pub id: Uuid,
    /// What kind of transfer it is.
    pub kind: ReceiptKind,
    /// When it is made.
    pub at: Timestamp,
    /// The request that makes it.
    pub request_id: String,
    /// The account that receives.
    pub target_owner: Uuid,
}

/// Counts what became of each item into a receipt. An undo cannot itself be undone.
pub fn receipt(occasion: Occasion, items: Vec<ReceiptItem>) -> Receipt {
    let days = if occasion.kind == ReceiptKind::Undo {
        0
    } else {
        UNDO_DAYS
    };
    let count = |wanted: &dyn Fn(&ReceiptItem) -> bool| {
        items.iter().filter(|item| wanted(item)).count() as u64
    };
    let action = |action: Action| count(&|item| item.action == action);
    let renamed = count(&|item| item.action == Action::KeepBoth && is_renamed(item));
    Receipt {
        id: occasion.id,
        kind: occasion.kind,
        at: occasion.at,
        request_id: occasion.request_id,
        target_owner: occasion.target_owner,
        undoable_until: occasion.at.plus_days(days),
        undone_by: None,
        moved: action(Action::Move) + action(Action::KeepBoth) - renamed,
        merged: action(Action::Merge),
        renamed,
        already_present: action(Action::AlreadyPresent),
        skipped: action(Action::Skip),
        unreadable: action(Action::Leave),
        members: items
            .iter()
            .filter(|item| item.action.transfers())
            .map(|item| item.num_members)
            .sum(),
        items,
    }
}

fn is_renamed(item: &ReceiptItem) -> bool {
    item.target_name.as_ref() != Some(&item.source_name)
}
