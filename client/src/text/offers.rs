//! The offer above the list: at most one at a time.

use super::format::{collections, traits};

/// Goes to the review of earlier collections.
pub const MIGRATE: &str = "Migrate data";
/// What follows the click.
pub const MIGRATE_BODY: &str =
    "You see each of them before anything moves, and decide what happens where names clash.";
/// Goes to the review of the browser's collections.
pub const IMPORT: &str = "Import existing collections";
/// Stops the offer until something changes.
pub const KEEP_HERE: &str = "Keep here";
/// Deletes the browser's collections.
pub const DELETE: &str = "Delete";
/// What the three choices mean.
pub const LOCAL_BODY: &str = "Import into your account, keep in this browser only, or delete: \
                              what is deleted can be brought back for 30 days. Nothing happens until you choose.";
/// What the choices mean for what GN2 kept.
pub const SESSION_BODY: &str = "GeneNetwork keeps them for this browser for a while only. You see each of them before anything moves.";
/// Leaves them where they are, and stops the offer until something changes.
pub const LEAVE_THERE: &str = "Leave them there";
/// After that.
pub const LEFT_THERE: &str =
    "They stay there. You can import them for as long as GeneNetwork keeps them.";
/// Goes to their review although the user chose to leave them.
pub const SESSION_LATER: &str = "Import what you made on GeneNetwork without signing in";
/// After the choice to keep them here.
pub const KEPT: &str = "They stay in this browser. You can import them at any time.";
/// Goes to the review of earlier collections although none is offered.
pub const LOOK: &str = "Look at them";
/// Goes to the review of the browser's collections although the user chose to keep them there.
pub const IMPORT_LATER: &str = "Import from this browser";

/// Heading of the offer of earlier collections.
pub fn legacy(items: u64, members: u64) -> String {
    format!(
        "We found {} ({}) from your earlier GeneNetwork account",
        collections(items),
        traits(members)
    )
}

/// Heading of the offer of what GN2 kept for this browser.
pub fn session(items: u64, members: u64) -> String {
    format!(
        "You made {} ({}) on GeneNetwork without signing in",
        collections(items),
        traits(members)
    )
}

/// Heading of the offer of the browser's collections.
pub fn local(items: u64) -> String {
    format!("You made {} before signing in", collections(items))
}

/// After they were deleted.
pub fn deleted(items: u64) -> String {
    format!("{} deleted from this browser.", collections(items))
}

/// Says that nothing of an earlier account is offered; `has_items` if it holds something all the same.
pub fn nothing_waits(email: &str, has_items: bool) -> String {
    if has_items {
        "Your earlier GeneNetwork account holds collections, but none is waiting to be moved."
            .to_owned()
    } else {
        format!(
            "Nothing is waiting to be moved under {email}. Did you use another address before? Register with that one."
        )
    }
}
