//! The history of a collection.

use super::format::{count, date_time, traits};
use shared::api::PastChange;

pub const HISTORY: &str = "History";
pub const LEAD: &str =
    "The last 20 changes. Restoring a version is also a change and can be undone here.";
pub const EMPTY: &str = "No changes recorded yet.";
pub const RESTORE_VERSION: &str = "Restore this version";
pub const VERSION_RESTORED: &str = "Restored. The previous version is in History.";

pub fn change_summary(change: &PastChange) -> String {
    let mut said = Vec::new();
    if change.renamed {
        said.push("renamed from {name}".to_owned());
    }
    if change.added > 0 {
        said.push(format!("{} added", traits(change.added)));
    }
    if change.removed > 0 {
        said.push(count(change.removed, "trait removed", "traits removed"));
    }
    let said = match said.as_slice() {
        [] => "traits in another order".to_owned(),
        said => said.join(", "),
    };
    let mut letters = said.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

pub fn change_details(change: &PastChange) -> String {
    let elsewhere = if change.elsewhere {
        " · by another program or a transfer"
    } else {
        ""
    };
    let at = date_time(change.at);
    format!("{at}{elsewhere} · {} before", traits(change.num_members))
}

pub fn restore_label(change: &PastChange) -> String {
    let at = date_time(change.at);
    format!(
        "Restore the version before change {} of {at}",
        change.number
    )
}
