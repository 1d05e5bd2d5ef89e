//! The table of traits, and what is done with those that are selected.

use super::format::{count, number, short, traits};

/// Name of the table.
pub const MEMBERS: &str = "Traits";
/// Column of the boxes, for those who hear the table.
pub const SELECT: &str = "Selected";
/// Column of the trait.
pub const TRAIT: &str = "Trait";
/// Column of the dataset.
pub const DATASET: &str = "Dataset";
/// Column of the buttons, for those who hear the table.
pub const ACTIONS: &str = "Actions";
/// Takes a trait out.
pub const REMOVE: &str = "Remove";
/// Where a member is an empty text.
pub const BLANK_MEMBER: &str = "(blank)";
/// When there are none.
pub const NO_MEMBERS: &str = "This collection has no traits yet";
/// What to do then.
pub const NO_MEMBERS_BODY: &str =
    "Type or paste some above. You see what will be added before anything is saved.";
/// Narrows the table.
pub const FILTER: &str = "Find a trait";
/// When nothing fits that.
pub const NO_MEMBER_MATCH: &str = "No trait has this in it.";
/// Selects every row that the filter has left.
pub const SELECT_ALL: &str = "Select all shown";
/// Selects none.
pub const SELECT_NONE: &str = "Select none";
/// Opens the question where the selected traits are copied to.
pub const COPY: &str = "Copy to a collection…";
/// Takes the selected traits out.
pub const REMOVE_SELECTED: &str = "Remove from this collection";
/// Turns to pages of a hundred traits.
pub const IN_PAGES: &str = "Show in pages";
/// Turns back to one long list.
pub const IN_ONE: &str = "Show as one list";
/// How the long table is used without a mouse.
pub const KEYS: &str = "Keys: arrows, Page Up, Page Down, Home and End move; Space selects, with Shift a range; Enter opens the trait; Delete removes it.";
/// Turns the page of the table back.
pub const PREVIOUS: &str = "Previous";
/// Turns it on.
pub const NEXT: &str = "Next";
/// Name of the table's paging.
pub const PAGES: &str = "Pages of traits";
/// Name of the bar that appears with a selection.
pub const SELECTION: &str = "Selection";

/// Label of the box that selects one of several rows.
pub fn select_named(name: &str) -> String {
    format!("Select {}", short(name))
}

/// Label of the button that removes one of several traits.
pub fn remove_named(member: &str) -> String {
    format!("Remove {}", short(member))
}

/// How many traits the filter has left.
pub fn found(shown: usize, all: usize) -> String {
    if shown == all {
        traits(all as u64)
    } else {
        format!("{} of {}", number(shown as u64), traits(all as u64))
    }
}

/// How many traits are selected.
pub fn selected(n: usize) -> String {
    format!("{} selected", traits(n as u64))
}

/// Which part of the table is shown; positions count from 1.
pub fn range(from: usize, to: usize, of: usize) -> String {
    let [from, to, of] = [from, to, of].map(|n| number(n as u64));
    format!("{from}–{to} of {of}")
}

/// After traits were taken out, if it was not one only.
pub fn removed(n: u64) -> String {
    format!("{} removed.", count(n, "trait was", "traits were"))
}
