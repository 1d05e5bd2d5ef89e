//! One collection: its name, its traits, and adding to them.

use super::format::{number, short, traits};
use shared::formats::{Malformed, Reason};

/// Changes the name.
pub const RENAME: &str = "Rename";
/// When there is no such collection.
pub const MISSING_TITLE: &str = "This collection is not here";
/// Why that may be.
pub const MISSING_BODY: &str =
    "It may have been deleted, or it belongs to another browser or another account.";
/// Heading of the form that adds traits.
pub const ADD_TITLE: &str = "Add traits";
/// Field of that form.
pub const ADD_LABEL: &str = "Traits to add";
/// Caption of the table.
pub const MEMBERS: &str = "Traits";
/// Column of the trait.
pub const TRAIT: &str = "Trait";
/// Column of the dataset.
pub const DATASET: &str = "Dataset";
/// Column of the buttons, for those who hear the table.
pub const ACTIONS: &str = "Actions";
/// Takes a trait out.
pub const REMOVE: &str = "Remove";
/// After that.
pub const REMOVED: &str = "{name} was removed.";
/// When there are none.
pub const NO_MEMBERS: &str = "This collection has no traits yet.";
/// Narrows the table.
pub const FILTER: &str = "Find a trait";
/// When nothing fits that.
pub const NO_MEMBER_MATCH: &str = "No trait has this in it.";
/// Where a member is an empty text.
pub const BLANK_MEMBER: &str = "(blank)";
/// Turns the page of the table back.
pub const PREVIOUS: &str = "Previous";
/// Turns it on.
pub const NEXT: &str = "Next";
/// Name of the table's paging.
pub const PAGES: &str = "Pages of traits";

/// Label of the button that removes one of several traits.
pub fn remove_named(member: &str) -> String {
    format!("Remove {}", short(member))
}

/// Which part of the table is shown; positions count from 1.
pub fn range(from: usize, to: usize, of: usize) -> String {
    format!("{}–{} of {}", size(from), size(to), size(of))
}

/// Button that adds what was written.
pub fn add_button(new: usize) -> String {
    match new {
        0 => "Add traits".to_owned(),
        n => format!("Add {}", traits(n as u64)),
    }
}

/// What would be added, before it is.
pub fn report(new: usize, repeated: usize, malformed: usize) -> String {
    let mut parts = vec![format!("{} new", size(new))];
    if repeated > 0 {
        parts.push(format!(
            "{} already in the collection or repeated",
            size(repeated)
        ));
    }
    if malformed > 0 {
        parts.push(format!("{} left out", size(malformed)));
    }
    parts.join(" · ")
}

/// Why one piece of what was written is left out.
pub fn malformed(piece: &Malformed) -> String {
    let why = match piece.reason {
        Reason::NotATrait => "is not written as trait:dataset",
        Reason::TooLong => "is longer than 500 characters",
        Reason::NotText => "is not text",
        Reason::NotACollection => "is not a collection",
        Reason::OtherColumns => "has other columns than the first row",
    };
    format!("Line {}: “{}” {why}", size(piece.line), short(&piece.text))
}

/// What else is left out, when not all of it is shown.
pub fn more_malformed(n: usize) -> String {
    format!("and {} more", size(n))
}

/// After traits were stored.
pub fn added(n: u64, in_account: bool) -> String {
    let place = if in_account {
        "your account"
    } else {
        "this browser"
    };
    format!("{} added and saved in {place}.", traits(n))
}

fn size(n: usize) -> String {
    number(n as u64)
}
