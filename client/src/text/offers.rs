//! The offers above the list: to migrate, import or keep collections.

use super::format::{collections, count, traits};

pub const MIGRATE: &str = "Migrate data";
pub const MIGRATE_BODY: &str =
    "You review each of them before anything moves, and decide about name conflicts.";
pub const IMPORT: &str = "Import existing collections";
pub const KEEP_HERE: &str = "Keep here";
pub const DELETE: &str = "Delete";
pub const LOCAL_BODY: &str = "Import them into your account, keep them in this browser only, or delete them: deleted collections can be restored for 30 days. Nothing happens until you choose.";
pub const SESSION_BODY: &str = "GeneNetwork keeps them for this browser only for a while. You review each of them before anything moves.";
pub const LEAVE_SESSION: &str = "Leave them there";
pub const SESSION_LEFT: &str =
    "They stay there. You can import them for as long as GeneNetwork keeps them.";
pub const IMPORT_SESSION_LATER: &str = "Import what you made on GeneNetwork without signing in";
pub const KEPT_IN_BROWSER: &str = "They stay in this browser. You can import them at any time.";
pub const REVIEW_LEGACY: &str = "Review them";
pub const IMPORT_LATER: &str = "Import from this browser";

pub fn legacy_title(items: u64, members: u64) -> String {
    format!(
        "We found {} ({}) from your earlier GeneNetwork account",
        collections(items),
        traits(members)
    )
}

pub fn left_behind(items: u64) -> String {
    format!(
        "{} that you left behind earlier can still be moved.",
        collections(items)
    )
}

pub fn removed(items: u64) -> String {
    format!(
        "{} no longer in your account can be moved again.",
        collections(items)
    )
}

pub fn overwritten(items: u64) -> String {
    let of_these = count(items, "of these was", "of these were");
    format!("{of_these} moved before, and another program has overwritten your list since.")
}

pub fn session_title(items: u64, members: u64) -> String {
    format!(
        "You made {} ({}) on GeneNetwork without signing in",
        collections(items),
        traits(members)
    )
}

pub fn local_title(items: u64) -> String {
    format!("You made {} before signing in", collections(items))
}

pub fn local_deleted(items: u64) -> String {
    format!("{} deleted from this browser.", collections(items))
}

/// `accepts_claims` is whether the button for accounts with another address stands below.
pub fn no_legacy_offer(email: &str, has_items: bool, accepts_claims: bool) -> String {
    if has_items {
        "Your earlier GeneNetwork account holds collections, but none is left to move.".to_owned()
    } else if accepts_claims {
        format!("No old collections to move for {email}.")
    } else {
        format!(
            "No old collections to move for {email}. Used another address? Register with that one."
        )
    }
}
