//! `/api/v1/receipts`: the records of transfers, deletions and undos.

use super::plan::{Action, Repair};
use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The record of one finished transfer or deletion. Only its owner and the operator can read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The id of the receipt.
    pub id: Uuid,
    /// The kind of transfer.
    pub kind: ReceiptKind,
    /// The time of the transfer.
    pub at: Timestamp,
    /// The id of the request, which the server's log names too.
    pub request_id: String,
    /// The account that received collections, or from which one was deleted.
    pub target_owner: Uuid,
    /// The end of the time in which the transfer can be undone.
    pub undoable_until: Timestamp,
    /// The receipt of the undo, if the transfer was undone.
    pub undone_by: Option<Uuid>,
    /// The number of collections moved as they were.
    pub moved: u64,
    /// The number of collections merged into one of the target's.
    pub merged: u64,
    /// The number of collections moved with a new name.
    pub renamed: u64,
    /// The number of collections that the target had already.
    pub already_present: u64,
    /// The number of collections that stayed by default or by choice.
    pub skipped: u64,
    /// The number of unreadable entries, which stayed.
    pub unreadable: u64,
    /// The number of members added to the target.
    pub members: u64,
    /// Every source entry, in plan order; empty in a summary.
    pub items: Vec<ReceiptItem>,
    /// Whether the items were deleted because the account has many newer receipts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_summary: bool,
    /// Whether an undo is no longer available because newer changes used up the account's quota.
    /// Then `undoable_until` is the time of the transfer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undo_dropped: bool,
}

/// The kind of transfer that a receipt records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReceiptKind {
    /// A transfer from legacy accounts with the same address.
    Migration,
    /// A transfer of collections made without signing in.
    Import,
    /// The deletion of a collection. The account's trash has those that can still be undone.
    Deletion,
    /// The undo of a transfer or deletion.
    Undo,
}

/// The result for one source entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptItem {
    /// The item's key in the plan.
    pub key: String,
    /// The source's owner: a legacy or anonymous user id, or `null` for the browser.
    pub source_owner: Option<String>,
    /// The id in the source, if there was one.
    pub source_id: Option<String>,
    /// The name in the source.
    pub source_name: String,
    /// The action.
    pub action: Action,
    /// The id in the target, of the moved, merged-into or already present collection.
    pub target_id: Option<String>,
    /// The name in the target.
    pub target_name: Option<String>,
    /// The number of members in the target, or for `merge` the number of added members.
    pub num_members: u64,
    /// The repairs.
    pub repairs: Vec<Repair>,
    /// Hex SHA-256 of the stored entry before the transfer.
    pub source_hash: Option<String>,
    /// Hex SHA-256 over the content in the target after the transfer: name, timestamps, members.
    pub target_hash: Option<String>,
}

/// Response of `GET /api/v1/receipts`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptList {
    /// The account's receipts, newest first.
    pub receipts: Vec<Receipt>,
}
