//! Texts of the page of one collection, and of adding traits to it.

use super::format::{number, short, traits};
use shared::formats::{MalformedPiece, MalformedReason};

pub const RENAME: &str = "Rename";
pub const NOT_FOUND_TITLE: &str = "Collection not found";
pub const NOT_FOUND_BODY: &str =
    "It may have been deleted, or it belongs to another browser or another account.";
pub const ADD_TITLE: &str = "Add traits";
pub const ADD_LABEL: &str = "Traits to add";
pub const REMOVED: &str = "{name} was removed.";

pub fn add_button(new: usize) -> String {
    match new {
        0 => "Add traits".to_owned(),
        n => format!("Add {}", traits(n as u64)),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Adding,
    Making,
    Importing,
    /// Reading traits that another page has submitted.
    Submitting,
}

pub fn parse_report(purpose: Purpose, new: usize, repeated: usize, malformed: usize) -> String {
    let mut parts = vec![match purpose {
        Purpose::Importing | Purpose::Submitting => traits(new as u64),
        Purpose::Adding | Purpose::Making => format!("{} will be added", traits(new as u64)),
    }];
    if repeated > 0 {
        let what = match purpose {
            Purpose::Adding => "already in the collection or repeated",
            Purpose::Making | Purpose::Importing | Purpose::Submitting => "repeated",
        };
        parts.push(format!("{} {what}", usize_number(repeated)));
    }
    if malformed > 0 {
        parts.push(format!("{} left out", usize_number(malformed)));
    }
    parts.join(" · ")
}

pub fn malformed_line(purpose: Purpose, piece: &MalformedPiece) -> String {
    let text = short(&piece.text);
    let reason = match piece.reason {
        MalformedReason::DatasetMissing => {
            format!(": dataset missing, for example {text}:HC_M2_0606_P")
        }
        MalformedReason::GeneSymbol => " looks like a gene symbol, not a trait".to_owned(),
        MalformedReason::NotADataset => " has no dataset behind the colon".to_owned(),
        MalformedReason::SpreadsheetDamage => {
            " looks like a date or number into which a spreadsheet turned a name".to_owned()
        }
        MalformedReason::LongDatasetName => {
            " is a dataset’s long name; use “Export Collection” in GeneNetwork, or copy the links of the traits".to_owned()
        }
        MalformedReason::WebAddress => " is not a link to a trait".to_owned(),
        MalformedReason::WebPage => " begins a web page; nothing of it was taken".to_owned(),
        MalformedReason::NotATrait if !piece.text.contains([':', ' ']) => {
            format!(": dataset missing, for example {text}:HC_M2_0606_P")
        }
        MalformedReason::NotATrait if piece.text.matches(':').count() > 1 => {
            " has more than one colon".to_owned()
        }
        MalformedReason::NotATrait => " is not written as trait:dataset".to_owned(),
        MalformedReason::Invisible => " contains a space or an invisible character".to_owned(),
        MalformedReason::NoGroup => " names no group, as PCA_1_BXD:Temp does".to_owned(),
        MalformedReason::TooLong => " is longer than 500 characters".to_owned(),
        MalformedReason::NotText => " is not text".to_owned(),
        MalformedReason::NotACollection => " is not a collection".to_owned(),
        MalformedReason::OtherColumns => " has other columns than the first row".to_owned(),
    };
    let unit = match purpose {
        Purpose::Submitting => "Trait",
        _ => "Line",
    };
    format!("{unit} {}: “{text}”{reason}", usize_number(piece.line))
}

pub fn added(n: u64, in_account: bool) -> String {
    let place = if in_account {
        "your account"
    } else {
        "this browser"
    };
    format!("{} added and saved in {place}.", traits(n))
}

fn usize_number(n: usize) -> String {
    number(n as u64)
}
