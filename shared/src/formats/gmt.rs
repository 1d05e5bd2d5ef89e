//! Gene Matrix Transposed, the format of `MSigDB` and GSEA. Each line is a collection: its name, a
//! description and its members, separated by tabs.

use super::file::{FileCollection, ParsedFile};
use super::member_collector::MemberCollector;
use super::report::Report;
use super::tab_escape::{escape, unescape};
use std::borrow::Cow;

/// Writes collections. The note is the description.
pub fn write(collections: &[FileCollection]) -> String {
    let mut text = String::new();
    for collection in collections {
        text.push_str(&escape(&collection.name));
        text.push('\t');
        text.push_str(&escape(collection.note.as_deref().unwrap_or_default()));
        for member in &collection.members {
            text.push('\t');
            text.push_str(&escape(member));
        }
        text.push('\n');
    }
    text
}

/// Reads collections. Empty cells are skipped, because spreadsheets add them to short lines.
pub fn read(text: &str) -> ParsedFile {
    let mut report = Report::default();
    let mut collections = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() && !line.contains('\t') {
            continue;
        }
        let mut cells = line.split('\t').map(unescape);
        let name = cells.next().unwrap_or_default().into_owned();
        let note = cells.next().map(Cow::into_owned);
        let mut members = MemberCollector::default();
        for member in cells.filter(|member| !member.trim().is_empty()) {
            members.add(index + 1, &member, &mut report);
        }
        collections.push(FileCollection {
            name,
            note: note.filter(|note| !note.is_empty()),
            members: members.into_members(),
            ..FileCollection::default()
        });
    }
    ParsedFile {
        collections,
        report,
    }
}
