//! `/api/v1/receipts`: what a transfer did.

use super::plan::{Action, Repair};
use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The record of one finished transfer or deletion. Only its owner and the operator can read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// Id of this receipt.
    pub id: Uuid,
    /// What kind of transfer it records.
    pub kind: ReceiptKind,
    /// When the transfer was made.
    pub at: Timestamp,
    /// The request that made it; the server's log names the same id.
    pub request_id: String,
    /// The account that received the collections, or from which one was deleted.
    pub target_owner: Uuid,
    /// Until when it can be undone.
    pub undoable_until: Timestamp,
    /// The receipt of the undo, once undone.
    pub undone_by: Option<Uuid>,
    /// Collections moved as they were.
    pub moved: u64,
    /// Collections whose members were added to one of the target's.
    pub merged: u64,
    /// Collections moved under a free name.
    pub renamed: u64,
    /// Collections the target already had.
    pub already_present: u64,
    /// Collections left where they were, by default or by choice.
    pub skipped: u64,
    /// Entries that could not be read and stayed where they were.
    pub unreadable: u64,
    /// Members that are in the target because of this transfer.
    pub members: u64,
    /// Every entry of the source, in plan order.
    pub items: Vec<ReceiptItem>,
}

/// What kind of transfer a receipt records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReceiptKind {
    /// From legacy accounts of the same address.
    Migration,
    /// From collections made without signing in.
    Import,
    /// A collection of the account deleted. Those that can still be undone are the account's bin.
    Deletion,
    /// A transfer or a deletion taken back.
    Undo,
}

/// What became of one source entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptItem {
    /// The item's key in the plan.
    pub key: String,
    /// The owner it came from: a legacy or anonymous user id; `null` for the browser.
    pub source_owner: Option<String>,
    /// Its id there, if it had one.
    pub source_id: Option<String>,
    /// Its name there.
    pub source_name: String,
    /// What was done.
    pub action: Action,
    /// Its id in the target: the moved, merged-into or already present collection.
    pub target_id: Option<String>,
    /// Its name in the target.
    pub target_name: Option<String>,
    /// Members it has in the target (for `merge`: those that were added).
    pub num_members: u64,
    /// What was mended.
    pub repairs: Vec<Repair>,
    /// Hex SHA-256 of the stored entry before.
    pub source_hash: Option<String>,
    /// Hex SHA-256 over what the collection in the target says after: name, timestamps, members.
    pub target_hash: Option<String>,
}

/// Answer of `GET /api/v1/receipts`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptList {
    /// The account's receipts, newest first.
    pub receipts: Vec<Receipt>,
}
