//! The list of collections, and making and deleting them.

use super::format::{collections, count, date, number, short};
use shared::timestamp::Timestamp;

/// Heading of the list.
pub const TITLE: &str = "Collections";
/// What a collection is.
pub const LEAD: &str = "A collection is a named set of traits that you keep for analysis.";

/// Name of the part that answers a newcomer's questions.
pub const QUESTIONS_LABEL: &str = "Questions and answers";
/// A newcomer's three questions, each with its answer.
pub const QUESTIONS: [(&str, &str); 3] = [
    (
        "Where are my old collections?",
        "Register afresh with the e-mail address of your earlier GeneNetwork account and sign in. We find \
         what is stored under that address and you bring it over with one click.",
    ),
    (
        "What happens to what I make before signing in?",
        "It stays in this browser. When you sign in you choose: import it into your account, keep it here, \
         or delete it.",
    ),
    (
        "Can I work without an account?",
        "Yes. Make collections right away; they are kept in this browser only, and nobody else sees them.",
    ),
];

/// Opens the form for a new collection.
pub const NEW: &str = "New collection";
/// Asks where a new collection is kept.
pub const KEEP: &str = "Keep it";
/// Asks where the collections of a file are kept.
pub const KEEP_THEM: &str = "Keep them";
/// Makes it.
pub const CREATE: &str = "Create";
/// Its name.
pub const NAME: &str = "Name";
/// Its first traits.
pub const TRAITS_OPTIONAL: &str = "Traits (optional)";
/// How to write traits.
pub const TRAITS_HINT: &str = "Write each as trait:dataset, for example 1435464_at:HC_M2_0606_P. Separate them by lines, spaces or commas.";
/// When the name is blank.
pub const NAME_MISSING: &str = "Please give the collection a name.";

/// Field that narrows the list.
pub const SEARCH: &str = "Search by name";
/// Order of the list.
pub const SORT: &str = "Sort by";
/// Newest change first.
pub const SORT_CHANGED: &str = "Last change";
/// By name.
pub const SORT_NAME: &str = "Name";
/// Most traits first.
pub const SORT_SIZE: &str = "Number of traits";
/// When nothing fits the search.
pub const NO_MATCH: &str = "No collection has this in its name.";

/// Stands before the date of the last change.
pub const CHANGED: &str = "changed";

/// Marks a collection of the account.
pub const IN_ACCOUNT: &str = "In your account";
/// Marks a collection of this browser.
pub const IN_BROWSER: &str = "In this browser";
/// Marks a collection of this browser that the account has got as well.
pub const IMPORTED: &str = "Browser copy, imported";

/// Heading of the empty list.
pub const EMPTY_TITLE: &str = "No collections yet";
/// How to start, without an account.
pub const EMPTY_BODY: &str =
    "Make one here and add traits by typing or pasting them. You need no account for that.";
/// The same for somebody signed in.
pub const EMPTY_BODY_SIGNED_IN: &str = "Your account holds none. Make one to begin.";

/// Deletes a collection.
pub const DELETE: &str = "Delete";
/// After that.
pub const DELETED: &str = "{name} was deleted.";
/// After a deletion was taken back.
pub const RESTORED: &str = "{name} is back.";
/// After a collection was made.
pub const CREATED: &str = "{name} was created and saved in this browser.";
/// The same in the account.
pub const CREATED_IN_ACCOUNT: &str = "{name} was created and saved in your account.";
/// After a change of name.
pub const RENAMED: &str = "Renamed to {name}.";

/// Opens the list of what was deleted.
pub const BIN: &str = "Recently deleted";
/// What is there.
pub const BIN_LEAD: &str = "Deleted collections stay here for 30 days.";
/// When there is none.
pub const BIN_EMPTY: &str = "Nothing was deleted in the last 30 days.";
/// Brings a collection back.
pub const RESTORE: &str = "Restore";

/// Label of the button that brings back one of several collections.
pub fn restore_named(name: &str) -> String {
    format!("Restore {}", short(name))
}

/// When and from where a collection was deleted.
pub fn deleted_from(in_account: bool, at: Timestamp) -> String {
    let place = if in_account {
        "your account"
    } else {
        "this browser"
    };
    format!("deleted from {place} on {}", date(at))
}

/// Label of the button that deletes one of several collections.
pub fn delete_named(name: &str) -> String {
    format!("Delete {}", short(name))
}

/// How many collections are selected.
pub fn selected(n: usize) -> String {
    format!("{} selected", collections(n as u64))
}

/// Deletes the selected ones.
pub fn delete_several(n: usize) -> String {
    format!("Delete {}", collections(n as u64))
}

/// How many collections the search has left.
pub fn found(shown: usize, all: usize) -> String {
    if shown == all {
        collections(all as u64)
    } else {
        format!("{} of {}", number(shown as u64), collections(all as u64))
    }
}

/// Heading above what the account's list holds besides collections.
pub fn unreadable(n: usize) -> String {
    format!(
        "{} of your account cannot be read and {} left as {}",
        count(n as u64, "entry", "entries"),
        if n == 1 { "is" } else { "are" },
        if n == 1 { "it is" } else { "they are" },
    )
}
