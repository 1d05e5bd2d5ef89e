//! Gene Matrix Transposed, the format of `MSigDB` and GSEA: one line a collection, with its name, a description and its
//! members, separated by tabs.

use super::escape::{cell, push};
use super::sift::Members;
use super::{FileCollection, Reading, Report};
use std::borrow::Cow;

/// Writes collections; the note is the description.
pub fn write(collections: &[FileCollection]) -> String {
    let mut text = String::new();
    for collection in collections {
        push(&collection.name, &mut text);
        text.push('\t');
        push(collection.note.as_deref().unwrap_or_default(), &mut text);
        for member in &collection.members {
            text.push('\t');
            push(member, &mut text);
        }
        text.push('\n');
    }
    text
}

/// Reads such lines. Empty cells, as spreadsheets leave them at the end of short lines, are passed over.
pub fn read(text: &str) -> Reading {
    let mut report = Report::default();
    let mut collections = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() && !line.contains('\t') {
            continue;
        }
        let mut cells = line.split('\t').map(cell);
        let name = cells.next().unwrap_or_default().into_owned();
        let note = cells.next().map(Cow::into_owned);
        let mut members = Members::default();
        for member in cells.filter(|member| !member.trim().is_empty()) {
            members.take(index + 1, &member, &mut report);
        }
        collections.push(FileCollection {
            name,
            note: note.filter(|note| !note.is_empty()),
            members: members.done(),
            ..FileCollection::default()
        });
    }
    Reading {
        collections,
        report,
    }
}
