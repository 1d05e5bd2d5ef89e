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
/// After that.
pub const REMOVED: &str = "{name} was removed.";

/// Button that adds what was written.
pub fn add_button(new: usize) -> String {
    match new {
        0 => "Add traits".to_owned(),
        n => format!("Add {}", traits(n as u64)),
    }
}

/// What traits are read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To add them to a collection.
    Adding,
    /// To make a collection of them.
    Making,
    /// To make the collections that the file holds.
    Importing,
}

/// What was read, before anything is done with it.
pub fn report(purpose: Purpose, new: usize, repeated: usize, malformed: usize) -> String {
    let mut parts = vec![match purpose {
        Purpose::Importing => traits(new as u64),
        Purpose::Adding | Purpose::Making => format!("{} new", size(new)),
    }];
    if repeated > 0 {
        let what = match purpose {
            Purpose::Adding => "already in the collection or repeated",
            Purpose::Making | Purpose::Importing => "repeated",
        };
        parts.push(format!("{} {what}", size(repeated)));
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
