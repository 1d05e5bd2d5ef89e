//! The table of traits, and the actions on selected traits.

use super::format::{count, number, short, traits};

pub const MEMBERS: &str = "Traits";
pub const SELECT: &str = "Selected";
pub const TRAIT: &str = "Trait";
pub const DATASET: &str = "Dataset";
pub const ACTIONS: &str = "Actions";
pub const REMOVE: &str = "Remove";
pub const BLANK_MEMBER: &str = "(blank)";
pub const UNSHOWABLE: &str = "GeneNetwork cannot show this trait";
pub const UNSHOWABLE_SIGN: &str = "⚠\u{fe0e}";
pub const NO_MEMBERS: &str = "This collection has no traits yet";
pub const NO_MEMBERS_BODY: &str =
    "Type or paste some above. You see what will be added before anything is saved.";
pub const FILTER: &str = "Find a trait";
pub const NO_MATCH: &str = "No trait matches.";
pub const SELECT_ALL: &str = "Select all shown";
pub const SELECT_NONE: &str = "Select none";
pub const COPY: &str = "Copy to a collection…";
pub const REMOVE_SELECTED: &str = "Remove from this collection";
pub const SHOW_IN_PAGES: &str = "Show in pages";
pub const SHOW_AS_LIST: &str = "Show as one list";
pub const KEYS: &str = "Keys: arrows, Page Up, Page Down, Home and End move; Space selects, with Shift a range; Enter opens the trait; Delete removes it.";
pub const PREVIOUS: &str = "Previous";
pub const NEXT: &str = "Next";
pub const PAGES: &str = "Pages of traits";
pub const SELECTION: &str = "Selection";

pub fn select_named(name: &str) -> String {
    format!("Select {}", short(name))
}

pub fn remove_named(member: &str) -> String {
    format!("Remove {}", short(member))
}

pub fn shown_count(shown: usize, all: usize) -> String {
    if shown == all {
        traits(all as u64)
    } else {
        format!("{} of {}", number(shown as u64), traits(all as u64))
    }
}

pub fn unshowable_count(n: u64) -> String {
    format!(
        "{UNSHOWABLE_SIGN} {}. {} in the collection as stored.",
        cannot_show(n),
        if n == 1 { "It stays" } else { "They stay" }
    )
}

pub fn not_added(n: u64) -> String {
    format!("{} left out.", unshowable(n))
}

/// Returns "GeneNetwork cannot show 2 traits".
pub(super) fn cannot_show(n: u64) -> String {
    format!("GeneNetwork cannot show {}", traits(n))
}

/// Returns "2 traits that GeneNetwork cannot show were".
pub(super) fn unshowable(n: u64) -> String {
    format!(
        "{} that GeneNetwork cannot show {}",
        traits(n),
        if n == 1 { "was" } else { "were" }
    )
}

pub fn selected_count(n: usize) -> String {
    format!("{} selected", traits(n as u64))
}

pub fn range(from: usize, to: usize, of: usize) -> String {
    let [from, to, of] = [from, to, of].map(|n| number(n as u64));
    format!("{from}–{to} of {of}")
}

pub fn removed(n: u64) -> String {
    format!("{} removed.", count(n, "trait was", "traits were"))
}
