//! Undoes a transfer.
//!
//! If every value is still as the transfer left it, all of them are restored byte for byte.
//! Otherwise each collection that is unchanged since returns to its source, and the others stay and
//! are reported. Like the planner this is pure: stored values in, values to store out.

mod lists;
mod source_lists;
mod values;

pub use values::{ChangedValue, UndoWrite, ValueLocation};

use crate::api::{Action, Receipt, ReceiptItem};
use lists::Lists;

/// The values after an undo. Nothing is stored yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoOutput {
    /// The write to each value, parallel to the changed values.
    pub values: Vec<UndoWrite>,
    /// The receipt items of the transferred collections: `move` if one returned, `skip` if it
    /// stayed.
    pub items: Vec<ReceiptItem>,
}

/// The reason why a transfer cannot be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotUndo {
    /// Every transferred collection was changed since.
    #[error("every collection was changed since")]
    AllTouched,
    /// The account's list cannot be read.
    #[error("the account's list cannot be read")]
    TargetUnreadable,
}

/// Undoes the transfer that a receipt records.
///
/// # Errors
/// [`CannotUndo`]. Nothing may be stored then.
pub fn undo(receipt: &Receipt, values: &[ChangedValue]) -> Result<UndoOutput, CannotUndo> {
    let transferred = receipt.items.iter().filter(|item| item.action.transfers());
    if values.iter().all(ChangedValue::is_unchanged) {
        return Ok(UndoOutput {
            values: values.iter().map(ChangedValue::restore).collect(),
            items: transferred
                .map(|item| undo_item(receipt, item, true))
                .collect(),
        });
    }
    let mut lists = Lists::read(values).map_err(|_| CannotUndo::TargetUnreadable)?;
    lists.block_partial_merges(&receipt.items);
    let items: Vec<ReceiptItem> = transferred
        .map(|item| undo_item(receipt, item, lists.take_back(item)))
        .collect();
    if items.iter().all(|item| item.action == Action::Skip) {
        return Err(CannotUndo::AllTouched);
    }
    let values = values.iter().map(|value| lists.write(value)).collect();
    Ok(UndoOutput { values, items })
}

/// The receipt item of the undo: source and target are those of the transfer, exchanged.
fn undo_item(receipt: &Receipt, item: &ReceiptItem, has_returned: bool) -> ReceiptItem {
    ReceiptItem {
        key: item.key.clone(),
        source_owner: Some(receipt.target_owner.to_string()),
        source_id: item.target_id.clone(),
        source_name: item.target_name.clone().unwrap_or_default(),
        action: if has_returned {
            Action::Move
        } else {
            Action::Skip
        },
        target_id: item.source_id.clone().filter(|_| has_returned),
        target_name: Some(item.source_name.clone()).filter(|_| has_returned),
        num_members: item.num_members,
        repairs: Vec::new(),
        source_hash: item.target_hash.clone(),
        target_hash: item.source_hash.clone().filter(|_| has_returned),
    }
}
