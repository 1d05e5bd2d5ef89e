//! Several collections as sets.

use super::format::{number, short};
use shared::setops::Operation;

/// Opens the dialog, and heads it.
pub const TITLE: &str = "Combine collections";

/// Opens the dialog for the selected ones, two at least.
pub fn combine_selected(n: usize) -> String {
    format!("Combine {n} collections")
}

/// Asks for the operation.
pub const OPERATION: &str = "Traits of the new collection";
/// When there is nothing to compare yet.
pub const PICK_TWO: &str = "Choose two or more collections.";
/// Makes it.
pub const SAVE: &str = "Save as a new collection";
/// Name of the picture, for those who hear it.
pub const PICTURE: &str = "How many traits are in which collections";
/// Where the same is said in words.
pub const PICTURE_MORE: &str = "The table below has the same counts.";
/// Opens the table.
pub const AS_TABLE: &str = "These counts as a table";
/// Column of the collections.
pub const ONLY_IN: &str = "In exactly these";
/// Column of the counts.
pub const TRAITS: &str = "Traits";

/// What stands for a collection in the picture: A to Z, then numbers.
pub fn letter(set: usize) -> String {
    match u8::try_from(set) {
        Ok(set @ 0..26) => char::from(b'A' + set).to_string(),
        _ => (set + 1).to_string(),
    }
}

fn name(operation: Operation) -> &'static str {
    match operation {
        Operation::Union => "Union",
        Operation::Intersection => "Intersection",
        Operation::Difference => "Difference",
        Operation::SymmetricDifference => "Symmetric difference",
    }
}

/// The operation and how many traits it gives.
pub fn counted(operation: Operation, count: usize) -> String {
    format!("{}: {}", name(operation), number(count as u64))
}

/// What an operation means.
pub fn meaning(operation: Operation, sets: usize) -> &'static str {
    match operation {
        Operation::Union => "in any of them",
        Operation::Intersection => "in all of them",
        Operation::Difference => "in A, but in none of the others",
        Operation::SymmetricDifference if sets == 2 => "in one of them only",
        Operation::SymmetricDifference => "in an odd number of them",
    }
}

/// The name that is proposed for the result.
pub fn proposed_name(operation: Operation, names: &[&str]) -> String {
    match names {
        [] => name(operation).to_owned(),
        [one, other] => format!("{} of {} and {}", name(operation), short(one), short(other)),
        [first, more @ ..] => {
            let more = number(more.len() as u64);
            format!("{} of {} and {more} more", name(operation), short(first))
        }
    }
}

/// Where the result came from, as it stays with it.
pub fn note(operation: Operation, names: &[&str]) -> String {
    let quoted: Vec<String> = names
        .iter()
        .map(|name| format!("“{}”", short(name)))
        .collect();
    format!("{} of {}", name(operation), quoted.join(", "))
}
