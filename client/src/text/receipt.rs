//! Results and past transfers, and the counts that they share with the review.

use super::format::{collections, count, date, number};
use shared::api::{Action, Receipt, ReceiptKind};
use shared::timestamp::Timestamp;

/// Saves the receipt as a file.
pub const DOWNLOAD: &str = "Download receipt";
/// Opens the list of what was done.
pub const DETAILS: &str = "Every collection in detail";
/// Goes to past transfers.
pub const SEE_ACTIVITY: &str = "See all activity";
/// Goes to the list.
pub const SEE_COLLECTIONS: &str = "Go to your collections";

/// Heading of past transfers.
pub const ACTIVITY_TITLE: &str = "Activity";
/// What is there.
pub const ACTIVITY_LEAD: &str =
    "What came into your account, what was taken back, and what was deleted from it, newest first.";
/// When there is none.
pub const ACTIVITY_EMPTY: &str = "Nothing has been brought into your account yet.";
/// Marks a transfer that was taken back.
pub const UNDONE: &str = "Undone";
/// While it is taken back.
pub const UNDOING: &str = "Taking it back…";

/// What is counted in a review or a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Collections that go over as they are.
    Moved,
    /// Collections that go over under a free name.
    Renamed,
    /// Collections whose members are added to one of the account's.
    Merged,
    /// Collections the account has already.
    Present,
    /// Collections that stay.
    Skipped,
    /// Entries that cannot be read.
    Unreadable,
    /// Members that go over.
    Members,
    /// The same, where some may be counted more than once.
    MembersAtMost,
}

/// What stands after a count of a review: what will be.
pub fn will(counted: Counted, n: u64) -> &'static str {
    let one = n == 1;
    match counted {
        Counted::Moved if one => "comes over as it is",
        Counted::Moved => "come over as they are",
        Counted::Renamed if one => "comes over under a new name",
        Counted::Renamed => "come over under new names",
        Counted::Merged if one => "is merged into one of yours",
        Counted::Merged => "are merged into yours",
        Counted::Present if one => "is in your account already",
        Counted::Present => "are in your account already",
        Counted::Skipped if one => "stays where it is",
        Counted::Skipped => "stay where they are",
        Counted::Unreadable => "cannot be read",
        Counted::Members if one => "trait in all",
        Counted::Members => "traits in all",
        Counted::MembersAtMost => "traits at most",
    }
}

/// What stands after a count of a receipt: what was.
pub fn was(kind: ReceiptKind, counted: Counted, n: u64) -> &'static str {
    match counted {
        Counted::Moved if kind == ReceiptKind::Undo && n == 1 => "was taken back",
        Counted::Moved if kind == ReceiptKind::Undo => "were taken back",
        Counted::Skipped if kind == ReceiptKind::Undo && n == 1 => {
            "was changed since and stayed in your account"
        }
        Counted::Skipped if kind == ReceiptKind::Undo => {
            "were changed since and stayed in your account"
        }
        Counted::Moved if n == 1 => "came over as it was",
        Counted::Moved => "came over as they were",
        Counted::Renamed if n == 1 => "came over under a new name",
        Counted::Renamed => "came over under new names",
        Counted::Merged if n == 1 => "was merged into one of yours",
        Counted::Merged => "were merged into yours",
        Counted::Present if n == 1 => "was in your account already",
        Counted::Present => "were in your account already",
        Counted::Skipped => "stayed in place",
        Counted::Unreadable => "could not be read and stayed untouched",
        Counted::Members if n == 1 => "trait in all",
        Counted::Members | Counted::MembersAtMost => "traits in all",
    }
}

/// Heading of the result.
pub fn title(kind: ReceiptKind, items: u64) -> String {
    let what = collections(items);
    match kind {
        ReceiptKind::Migration => format!("{what} moved into your account"),
        ReceiptKind::Import => format!("{what} imported into your account"),
        ReceiptKind::Deletion => format!("{what} deleted from your account"),
        ReceiptKind::Undo => format!("{what} taken back"),
    }
}

/// What the result means.
pub fn lead(receipt: &Receipt) -> String {
    // What GN2 kept for this browser is imported too, but no copy of it stays there.
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
        ReceiptKind::Deletion => "It can be brought back for 30 days.",
        ReceiptKind::Undo => return undone_lead(receipt.skipped),
    };
    lead.to_owned()
}

/// What an undo left in the account.
pub fn undone_lead(stayed: u64) -> String {
    if stayed == 0 {
        return "Everything is where it was before.".to_owned();
    }
    format!(
        "{} changed since and stayed in your account.",
        count(stayed, "collection was", "collections were")
    )
}

/// How long something can be taken back.
pub fn undoable_until(until: Timestamp) -> String {
    format!("Possible until {}.", date(until))
}

/// Heading of one past transfer.
pub fn kind(kind: ReceiptKind) -> &'static str {
    match kind {
        ReceiptKind::Migration => "Migration from your earlier account",
        ReceiptKind::Import => "Import from a browser",
        ReceiptKind::Deletion => "Deleted from your account",
        ReceiptKind::Undo => "Undo",
    }
}

/// What became of an item; may name its name in the account.
pub fn done(kind: ReceiptKind, action: Action, renamed: bool) -> &'static str {
    match action {
        Action::Move if kind == ReceiptKind::Undo => "Taken back",
        Action::Skip if kind == ReceiptKind::Undo => "Changed since, so it stayed in your account",
        Action::Move | Action::KeepBoth if renamed => "Brought over as {name}",
        Action::Move | Action::KeepBoth => "Brought over",
        Action::AlreadyPresent => "Was in your account already",
        Action::Merge => "Merged into {name}",
        Action::Skip => "Left where it was",
        Action::Leave => "Could not be read, left untouched",
        Action::Delete => "Deleted",
    }
}

/// How many members an item brought; `None` where it brought none.
pub fn brought(action: Action, num_members: u64) -> Option<String> {
    let noun = if num_members == 1 { "trait" } else { "traits" };
    let n = number(num_members);
    match action {
        Action::Merge => Some(format!("{n} {noun} added")),
        Action::Move | Action::KeepBoth => Some(format!("{n} {noun}")),
        Action::AlreadyPresent | Action::Skip | Action::Leave | Action::Delete => None,
    }
}

/// Name of the file a receipt is saved as.
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
