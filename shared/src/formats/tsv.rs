//! Tab-separated values: a row for each trait, with the collection, the trait and its dataset.
//!
//! ```text
//! collection  trait       dataset
//! Liver       1435464_at  HC_M2_0606_P
//! ```
//!
//! Rows with the same name are one collection. A row with only a name begins a collection, which is
//! either empty or another one of the same name.

use super::file::{FileCollection, ParsedFile};
use super::member_collector::MemberCollector;
use super::quotes::{quote, unquote};
use super::report::{MalformedReason, Report};
use super::tab_escape;
use std::collections::{HashMap, HashSet};

/// The first row.
pub const HEADER: &str = "collection\ttrait\tdataset";

/// Writes collections.
pub fn write(collections: &[FileCollection]) -> String {
    let mut text = format!("{HEADER}\n");
    let mut names = HashSet::new();
    for collection in collections {
        let name = escape(&collection.name);
        let is_new = names.insert(collection.name.as_str());
        if collection.members.is_empty() || !is_new {
            text.extend([name.as_str(), "\t\t\n"]);
        }
        for member in &collection.members {
            let (id, dataset) = member.split_once(':').unwrap_or((member, ""));
            let (id, dataset) = (escape(id), escape(dataset));
            text.extend([name.as_str(), "\t", &id, "\t", &dataset, "\n"]);
        }
    }
    text
}

/// Returns a cell as it is written. Other programs may split a text at more characters than tabs,
/// so it is quoted.
fn escape(cell: &str) -> String {
    quote(&tab_escape::escape(cell)).into_owned()
}

/// Returns the cell as it was before [`escape`].
fn unescape(cell: &str) -> String {
    tab_escape::unescape(&unquote(cell)).into_owned()
}

/// Whether the text is such a table.
pub(super) fn is_table(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first.trim_end().eq_ignore_ascii_case(HEADER)
}

/// Reads a table that begins with [`HEADER`].
pub fn read(text: &str) -> ParsedFile {
    let mut report = Report::default();
    let mut collections: Vec<(String, MemberCollector)> = Vec::new();
    let mut positions: HashMap<String, usize> = HashMap::new();
    for (index, line) in text.lines().enumerate().skip(1) {
        if line.trim().is_empty() && !line.contains('\t') {
            continue;
        }
        let mut cells = line.split('\t').map(unescape);
        let columns = (cells.next(), cells.next(), cells.next());
        // Spreadsheets may write empty columns after the last one.
        let has_more = cells.any(|cell| !cell.is_empty());
        let ((Some(name), Some(id), Some(dataset)), false) = (columns, has_more) else {
            report.reject(index + 1, line, MalformedReason::OtherColumns);
            continue;
        };
        let begins_collection = id.is_empty() && dataset.is_empty();
        let position = match positions.get(&name) {
            Some(position) if !begins_collection => *position,
            _ => {
                positions.insert(name.clone(), collections.len());
                collections.push((name, MemberCollector::default()));
                collections.len() - 1
            }
        };
        if !begins_collection {
            let member = format!("{id}:{dataset}");
            collections[position].1.add(index + 1, &member, &mut report);
        }
    }
    let collections = collections
        .into_iter()
        .map(|(name, members)| FileCollection {
            name,
            members: members.into_members(),
            ..FileCollection::default()
        });
    ParsedFile {
        collections: collections.collect(),
        report,
    }
}
