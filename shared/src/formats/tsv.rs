//! Tab-separated values: one row a trait, with the collection, the trait and its dataset.
//!
//! ```text
//! collection  trait       dataset
//! Liver       1435464_at  HC_M2_0606_P
//! ```
//!
//! Rows of one name are one collection. A row with a name and nothing else begins a collection: an empty one, or another
//! one of the same name.

use super::escape::{cell, push};
use super::report::{Reason, Report};
use super::sift::Members;
use super::{FileCollection, Reading};
use std::collections::{HashMap, HashSet};

/// The first row.
pub const HEADER: &str = "collection\ttrait\tdataset";

/// Writes collections.
pub fn write(collections: &[FileCollection]) -> String {
    let mut text = format!("{HEADER}\n");
    let mut names = HashSet::new();
    for collection in collections {
        let is_new = names.insert(collection.name.as_str());
        if collection.members.is_empty() || !is_new {
            push(&collection.name, &mut text);
            text.push_str("\t\t\n");
        }
        for member in &collection.members {
            let (name, dataset) = member.split_once(':').unwrap_or((member, ""));
            push(&collection.name, &mut text);
            text.push('\t');
            push(name, &mut text);
            text.push('\t');
            push(dataset, &mut text);
            text.push('\n');
        }
    }
    text
}

/// Whether a text is such a table.
pub(super) fn is_table(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first.trim_end() == HEADER
}

/// Reads a table that begins with [`HEADER`].
pub fn read(text: &str) -> Reading {
    let mut report = Report::default();
    let mut collections: Vec<(String, Members)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (index, line) in text.lines().enumerate().skip(1) {
        if line.trim().is_empty() && !line.contains('\t') {
            continue;
        }
        let mut cells = line.split('\t').map(cell);
        let columns = (cells.next(), cells.next(), cells.next());
        // Spreadsheets may write empty columns behind the last one.
        let more = cells.any(|cell| !cell.is_empty());
        let ((Some(name), Some(one), Some(dataset)), false) = (columns, more) else {
            report.refuse(index + 1, line, Reason::OtherColumns);
            continue;
        };
        let begins = one.is_empty() && dataset.is_empty();
        let place = match places.get(&*name) {
            Some(place) if !begins => *place,
            _ => {
                collections.push((name.clone().into_owned(), Members::default()));
                places.insert(name.into_owned(), collections.len() - 1);
                collections.len() - 1
            }
        };
        if !begins {
            let member = format!("{one}:{dataset}");
            collections[place].1.take(index + 1, &member, &mut report);
        }
    }
    let collections = collections
        .into_iter()
        .map(|(name, members)| FileCollection {
            name,
            members: members.done(),
            ..FileCollection::default()
        });
    Reading {
        collections: collections.collect(),
        report,
    }
}
