//! JSON with everything a collection has.
//!
//! ```json
//! {"format": "gn-collections", "version": 1, "collections": [{"name": "…", "note": "…", "created": "…", "changed": "…", "members": ["…"]}]}
//! ```
//!
//! Read are also what the page saves when it has failed (`static/recovery.js`), a bare list of collections as GN2 and
//! gn-auth store it, and a single collection. Fields that are not known are passed over.

use super::report::{Reason, Report};
use super::sift::Members;
use super::{FileCollection, Reading};
use crate::raw_json::{Object, split_array, text as text_of};
use crate::timestamp::Timestamp;
use serde::Serialize;
use std::borrow::Cow;

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    version: u32,
    collections: Vec<Entry<'a>>,
}

/// A [`FileCollection`] without what it has not.
#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<Timestamp>,
    members: &'a [String],
}

/// The text is not JSON, or none that holds collections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not JSON with collections in it")]
pub struct NotCollections;

/// Writes collections, a line for each value.
pub fn write(collections: &[FileCollection]) -> String {
    let file = File {
        format: "gn-collections",
        version: 1,
        collections: collections.iter().map(entry).collect(),
    };
    // Texts, numbers and lists of text always serialise.
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

fn entry(collection: &FileCollection) -> Entry<'_> {
    Entry {
        name: &collection.name,
        note: collection.note.as_deref(),
        created: collection.created,
        changed: collection.changed,
        members: &collection.members,
    }
}

/// Reads collections.
///
/// # Errors
/// [`NotCollections`]; when only some of the entries cannot be read, these are in the report.
pub fn read(text: &str) -> Result<Reading, NotCollections> {
    let mut reader = Reader {
        lines: Lines::new(text),
        report: Report::default(),
    };
    let whole = text.trim();
    let mut collections = Vec::new();
    if let Ok(entries) = split_array(whole.as_bytes()) {
        collections.extend(entries.into_iter().filter_map(|raw| reader.entry(raw)));
    } else {
        let object = Object::parse(whole).map_err(|_| NotCollections)?;
        match object.stored("collections") {
            Some(list) => {
                let entries = split_array(list.as_bytes()).map_err(|_| NotCollections)?;
                collections.extend(entries.into_iter().filter_map(|raw| reader.entry(raw)));
            }
            None if object.get("members").is_some() => collections.extend(reader.entry(whole)),
            None => return Err(NotCollections),
        }
    }
    Ok(Reading {
        collections,
        report: reader.report,
    })
}

struct Reader<'a> {
    lines: Lines<'a>,
    report: Report,
}

impl<'a> Reader<'a> {
    fn entry(&mut self, raw: &'a str) -> Option<FileCollection> {
        let line = self.lines.of(raw);
        let read = Object::parse(raw).ok().and_then(|object| {
            let members = split_array(object.stored("members")?.as_bytes()).ok()?;
            Some((object, members))
        });
        let Some((object, raws)) = read else {
            self.report.refuse(line, raw, Reason::NotACollection);
            return None;
        };
        let mut members = Members::default();
        for raw in raws {
            let line = self.lines.of(raw);
            match text_of(raw) {
                Some(member) => members.take(line, &member, &mut self.report),
                None => self.report.refuse(line, raw, Reason::NotText),
            }
        }
        let field = |names: &[&str]| names.iter().find_map(|name| text_of(object.get(name)?));
        let time = |names: &[&str]| Timestamp::parse_any(&field(names)?);
        Some(FileCollection {
            name: field(&["name"]).unwrap_or_default().into_owned(),
            note: field(&["note"]).map(Cow::into_owned),
            created: time(&["created", "created_timestamp"]),
            changed: time(&["changed", "changed_timestamp"]),
            members: members.done(),
        })
    }
}

/// Tells the lines of parts of a text that are asked for one after the other.
struct Lines<'a> {
    text: &'a str,
    /// The last place that was asked for, and its line.
    known: (usize, usize),
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            known: (0, 1),
        }
    }

    /// The line in which a part begins.
    fn of(&mut self, part: &'a str) -> usize {
        let place = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let (before, line) = self.known;
        if let Some(between) = self.text.as_bytes().get(before..place) {
            let breaks = between.split(|byte| *byte == b'\n').count() - 1;
            self.known = (place, line + breaks);
        }
        self.known.1
    }
}
