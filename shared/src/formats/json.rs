//! JSON with all data of a collection.
//!
//! ```json
//! {"format": "gn-collections", "version": 1, "collections": [
//!   {"name": "…", "note": "…", "created": "…", "changed": "…", "members": ["…"]}]}
//! ```
//!
//! The reader also accepts the file that the page saves after a failure (`static/recovery.js`), a
//! bare list of collections as GN2 and gn-auth store it, and a single collection. Unknown fields
//! are ignored.

use super::file::{FileCollection, ParsedFile};
use super::member_collector::MemberCollector;
use super::report::{MalformedReason, Report};
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

/// A [`FileCollection`] whose absent fields are left out.
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

/// The text is not JSON with collections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not JSON with collections in it")]
pub struct NotCollections;

/// Writes collections with a line for each value.
pub fn write(collections: &[FileCollection]) -> String {
    let file = File {
        format: "gn-collections",
        version: 1,
        collections: collections.iter().map(entry).collect(),
    };
    // Serialising text, numbers and lists of text cannot fail.
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
/// [`NotCollections`]. Single entries that cannot be read are no error: they are in the report.
pub fn read(text: &str) -> Result<ParsedFile, NotCollections> {
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
    Ok(ParsedFile {
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
            self.report
                .reject(line, raw, MalformedReason::NotACollection);
            return None;
        };
        let mut members = MemberCollector::default();
        for raw in raws {
            let line = self.lines.of(raw);
            match text_of(raw) {
                Some(member) => members.add(line, &member, &mut self.report),
                None => self.report.reject(line, raw, MalformedReason::NotText),
            }
        }
        let field = |names: &[&str]| names.iter().find_map(|name| text_of(object.get(name)?));
        let time = |names: &[&str]| Timestamp::parse_any(&field(names)?);
        Some(FileCollection {
            name: field(&["name"]).unwrap_or_default().into_owned(),
            note: field(&["note"]).map(Cow::into_owned),
            created: time(&["created", "created_timestamp"]),
            changed: time(&["changed", "changed_timestamp"]),
            members: members.into_members(),
        })
    }
}

/// Finds the lines of parts of a text. The parts must come in order.
struct Lines<'a> {
    text: &'a str,
    /// The position of the last part.
    position: usize,
    /// The line of the last part.
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            position: 0,
            line: 1,
        }
    }

    /// Returns the line in which a part begins.
    fn of(&mut self, part: &'a str) -> usize {
        let position = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        if let Some(between) = self.text.as_bytes().get(self.position..position) {
            self.line += memchr::memchr_iter(b'\n', between).count();
            self.position = position;
        }
        self.line
    }
}
