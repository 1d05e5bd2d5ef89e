//! Results and receipts of transfers, and counts that they share with the review.

use super::format::{collections, count, date, number};
use shared::api::{Action, Receipt, ReceiptKind};
use shared::timestamp::Timestamp;

pub const DOWNLOAD: &str = "Download receipt";
pub const SHOW_ALL: &str = "Show all collections";
pub const SEE_ACTIVITY: &str = "See all activity";
pub const SEE_COLLECTIONS: &str = "Go to your collections";

pub const ACTIVITY_TITLE: &str = "Activity";
pub const ACTIVITY_LEAD: &str = "Moves, imports, deletions and undos, newest first.";
pub const ACTIVITY_EMPTY: &str = "No activity yet.";
pub const UNDONE: &str = "Undone";
pub const UNDOING: &str = "Undoing…";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountKind {
    Moved,
    Renamed,
    Merged,
    Present,
    Skipped,
    Unreadable,
    Members,
    /// Traits to be moved, some of which may be counted twice.
    MembersAtMost,
}

pub fn planned_count(counted: CountKind, n: u64) -> &'static str {
    let one = n == 1;
    match counted {
        CountKind::Moved if one => "moves unchanged",
        CountKind::Moved => "move unchanged",
        CountKind::Renamed if one => "moves under a new name",
        CountKind::Renamed => "move under new names",
        CountKind::Merged if one => "is merged into one of yours",
        CountKind::Merged => "are merged into yours",
        CountKind::Present if one => "is in your account already",
        CountKind::Present => "are in your account already",
        CountKind::Skipped if one => "stays where it is",
        CountKind::Skipped => "stay where they are",
        CountKind::Unreadable => "cannot be read",
        CountKind::Members if one => "trait in all",
        CountKind::Members => "traits in all",
        CountKind::MembersAtMost => "traits at most",
    }
}

pub fn receipt_count(kind: ReceiptKind, counted: CountKind, n: u64) -> &'static str {
    match counted {
        CountKind::Moved if kind == ReceiptKind::Undo && n == 1 => "move undone",
        CountKind::Moved if kind == ReceiptKind::Undo => "moves undone",
        CountKind::Skipped if kind == ReceiptKind::Undo && n == 1 => {
            "was changed since and stayed in your account"
        }
        CountKind::Skipped if kind == ReceiptKind::Undo => {
            "were changed since and stayed in your account"
        }
        CountKind::Moved if n == 1 => "moved unchanged",
        CountKind::Moved => "moved unchanged",
        CountKind::Renamed if n == 1 => "moved under a new name",
        CountKind::Renamed => "moved under new names",
        CountKind::Merged if n == 1 => "was merged into one of yours",
        CountKind::Merged => "were merged into yours",
        CountKind::Present if n == 1 => "was in your account already",
        CountKind::Present => "were in your account already",
        CountKind::Skipped => "stayed in place",
        CountKind::Unreadable => "could not be read and stayed untouched",
        CountKind::Members if n == 1 => "trait in all",
        CountKind::Members | CountKind::MembersAtMost => "traits in all",
    }
}

pub fn title(kind: ReceiptKind, items: u64) -> String {
    let what = collections(items);
    match kind {
        ReceiptKind::Migration => format!("{what} moved into your account"),
        ReceiptKind::Import => format!("{what} imported into your account"),
        ReceiptKind::Deletion => format!("{what} deleted from your account"),
        ReceiptKind::Undo => format!("Transfer of {what} undone"),
    }
}

pub fn lead(receipt: &Receipt) -> String {
    // Collections of a GeneNetwork session are imported too, but they have no copy in this browser.
    let was_stored = receipt.items.iter().any(|item| item.source_owner.is_some());
    let is_one = receipt.moved + receipt.renamed + receipt.merged == 1;
    let lead = match receipt.kind {
        ReceiptKind::Import if !was_stored && is_one => {
            "It is in your account now; the copy in this browser is still there."
        }
        ReceiptKind::Import if !was_stored => {
            "They are in your account now; the copies in this browser are still there."
        }
        ReceiptKind::Migration | ReceiptKind::Import if is_one => {
            "It is in your account now. The receipt below records it."
        }
        ReceiptKind::Migration | ReceiptKind::Import => {
            "They are in your account now. The receipt below records every one of them."
        }
        ReceiptKind::Deletion => "It can be restored for 30 days.",
        ReceiptKind::Undo => return undo_lead(receipt.skipped),
    };
    lead.to_owned()
}

pub fn undo_lead(stayed: u64) -> String {
    if stayed == 0 {
        return "Everything is where it was before.".to_owned();
    }
    format!(
        "{} changed since and stayed in your account.",
        count(stayed, "collection was", "collections were")
    )
}

pub fn undo_button(kind: ReceiptKind) -> &'static str {
    match kind {
        ReceiptKind::Migration => "Undo migration",
        ReceiptKind::Import => "Undo import",
        ReceiptKind::Deletion => "Undo deletion",
        ReceiptKind::Undo => "Undo",
    }
}

pub const UNDO_DROPPED: &str =
    "This can no longer be undone, because newer changes took the room of what is kept for that.";

pub fn undoable_until(until: Timestamp) -> String {
    format!("Available until {}.", date(until))
}

pub fn receipt_title(kind: ReceiptKind) -> &'static str {
    match kind {
        ReceiptKind::Migration => "Migration from your earlier account",
        ReceiptKind::Import => "Import from a browser",
        ReceiptKind::Deletion => "Deleted from your account",
        ReceiptKind::Undo => "Undo",
    }
}

pub fn item_result(kind: ReceiptKind, action: Action, renamed: bool) -> &'static str {
    match action {
        Action::Move if kind == ReceiptKind::Undo => "Undone",
        Action::Skip if kind == ReceiptKind::Undo => "Changed since, so it stayed in your account",
        Action::Move | Action::KeepBoth if renamed => "Moved as {name}",
        Action::Move | Action::KeepBoth => "Moved",
        Action::AlreadyPresent => "Was in your account already",
        Action::Merge => "Merged into {name}",
        Action::Skip => "Left in place",
        Action::Leave => "Could not be read, left untouched",
        Action::Delete => "Deleted",
    }
}

pub fn item_traits(action: Action, num_members: u64) -> Option<String> {
    let noun = if num_members == 1 { "trait" } else { "traits" };
    let n = number(num_members);
    match action {
        Action::Merge => Some(format!("{n} {noun} added")),
        Action::Move | Action::KeepBoth => Some(format!("{n} {noun}")),
        Action::AlreadyPresent | Action::Skip | Action::Leave | Action::Delete => None,
    }
}

pub fn file_name(kind: ReceiptKind, at: Timestamp) -> String {
    let kind = match kind {
        ReceiptKind::Migration => "migration",
        ReceiptKind::Import => "import",
        ReceiptKind::Deletion => "deletion",
        ReceiptKind::Undo => "undo",
    };
    let day: String = at.to_rfc3339().chars().take(10).collect();
    format!("genenetwork-{kind}-{day}.json")
}
