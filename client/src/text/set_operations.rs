//! Set operations on collections.

use super::format::{number, short};
use shared::setops::Operation;

pub const TITLE: &str = "Compare and combine";

pub fn combine_selected(n: usize) -> String {
    format!("Combine {n} collections")
}

pub const OPERATION: &str = "Traits of the new collection";
pub const PICK_TWO: &str = "Choose two or more collections.";
pub const SAVE: &str = "Save as a new collection";
pub const PICTURE: &str = "How many traits are in which collections";
pub const PICTURE_MORE: &str = "The table below has the same counts.";
pub const AS_TABLE: &str = "These counts as a table";
pub const ONLY_IN: &str = "In exactly these";
pub const TRAITS: &str = "Traits";

pub fn letter(set: usize) -> String {
    match u8::try_from(set) {
        Ok(set @ 0..26) => char::from(b'A' + set).to_string(),
        _ => (set + 1).to_string(),
    }
}

fn operation_name(operation: Operation) -> &'static str {
    match operation {
        Operation::Union => "Union",
        Operation::Intersection => "Intersection",
        Operation::Difference => "Difference",
        Operation::SymmetricDifference => "Symmetric difference",
    }
}

pub fn operation_with_count(operation: Operation, count: usize) -> String {
    format!("{}: {}", operation_name(operation), number(count as u64))
}

pub fn operation_meaning(operation: Operation, sets: usize) -> &'static str {
    match operation {
        Operation::Union => "in any of them",
        Operation::Intersection => "in all of them",
        Operation::Difference => "in A, but in none of the others",
        Operation::SymmetricDifference if sets == 2 => "in one of them only",
        Operation::SymmetricDifference => "in an odd number of them",
    }
}

pub fn proposed_name(operation: Operation, names: &[&str]) -> String {
    match names {
        [] => operation_name(operation).to_owned(),
        [one, other] => format!(
            "{} of {} and {}",
            operation_name(operation),
            short(one),
            short(other)
        ),
        [first, more @ ..] => {
            let more = number(more.len() as u64);
            format!(
                "{} of {} and {more} more",
                operation_name(operation),
                short(first)
            )
        }
    }
}

pub fn provenance_note(operation: Operation, names: &[&str]) -> String {
    let quoted: Vec<String> = names
        .iter()
        .map(|name| format!("“{}”", short(name)))
        .collect();
    format!("{} of {}", operation_name(operation), quoted.join(", "))
}
