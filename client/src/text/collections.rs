//! The list of collections, creating and deleting collections.

use super::format::{collections, count, date, number, short};
use shared::timestamp::Timestamp;

pub const TITLE: &str = "Collections";
pub const LEAD: &str = "A collection is a named set of traits that you keep for analysis.";

pub const QUESTIONS_LABEL: &str = "Questions and answers";
pub const QUESTIONS: [(&str, &str); 3] = [
    (
        "Where are my old collections?",
        "Create a new account with the e-mail address you used before. Your old collections will be waiting: they move to it after a quick review.",
    ),
    (
        "What happens to collections I make before signing in?",
        "They stay in this browser. When you sign in, you choose: import them into your account, keep them here, or delete them.",
    ),
    (
        "Can I work without an account?",
        "Yes. Create collections right away. They are stored in this browser only, and nobody else sees them.",
    ),
];

pub const NEW: &str = "New collection";
pub const DESTINATION: &str = "Save to";
pub const DESTINATION_OF_FILE: &str = "Save to";
pub const CREATE: &str = "Create";
pub const NAME: &str = "Name";
pub const TRAITS_OPTIONAL: &str = "Traits (optional)";
pub const TRAITS_HINT: &str = "Write each as trait:dataset, for example 1435464_at:HC_M2_0606_P. Separate them by lines, spaces or commas.";
pub const NAME_MISSING: &str = "Please give the collection a name.";

pub const SEARCH: &str = "Search by name";
pub const SORT: &str = "Sort by";
pub const SORT_CHANGED: &str = "Last change";
pub const SORT_NAME: &str = "Name";
pub const SORT_SIZE: &str = "Number of traits";
pub const NO_MATCH: &str = "No collection matches.";

pub const CHANGED: &str = "changed";

pub const IN_ACCOUNT: &str = "In your account";
pub const IN_BROWSER: &str = "In this browser";
pub const ALSO_IN_BROWSER: &str = "Also in this browser";
pub const REMOVE_COPY: &str = "Remove local copy";
pub const IMPORTED: &str = "Browser copy, imported";

pub const EMPTY_TITLE: &str = "No collections yet";
pub const EMPTY_BODY: &str =
    "Create one here and add traits by typing or pasting them. No account needed.";
pub const EMPTY_BODY_SIGNED_IN: &str = "Create one to begin.";

pub const DELETE: &str = "Delete";
pub const BROWSER_COPY_REMOVED: &str = "The copy of {name} in this browser was removed.";
pub const DELETED: &str = "{name} was deleted.";
pub const RESTORED: &str = "{name} was restored.";
pub const CREATED: &str = "{name} was created and saved in this browser.";
pub const CREATED_IN_ACCOUNT: &str = "{name} was created and saved in your account.";
pub const RENAMED: &str = "Renamed to {name}.";

pub const RECENTLY_DELETED: &str = "Recently deleted";
pub const RECENTLY_DELETED_LEAD: &str = "Deleted collections stay here for 30 days.";
pub const RECENTLY_DELETED_EMPTY: &str = "Nothing was deleted in the last 30 days.";
pub const RESTORE: &str = "Restore";

pub fn restore_named(name: &str) -> String {
    format!("Restore {}", short(name))
}

pub fn deleted_from(in_account: bool, at: Timestamp) -> String {
    let place = if in_account {
        "your account"
    } else {
        "this browser"
    };
    format!("deleted from {place} on {}", date(at))
}

pub fn remove_copy_of(name: &str) -> String {
    format!("Remove the copy of {} in this browser", short(name))
}

pub fn delete_named(name: &str) -> String {
    format!("Delete {}", short(name))
}

pub fn selected_count(n: usize) -> String {
    format!("{} selected", collections(n as u64))
}

pub fn delete_selected(n: usize) -> String {
    format!("Delete {}", collections(n as u64))
}

pub fn shown_count(shown: usize, all: usize) -> String {
    if shown == all {
        collections(all as u64)
    } else {
        format!("{} of {}", number(shown as u64), collections(all as u64))
    }
}

pub fn unreadable(n: usize) -> String {
    format!(
        "{} in your account cannot be read and {} left unchanged",
        count(n as u64, "entry", "entries"),
        if n == 1 { "is" } else { "are" },
    )
}
