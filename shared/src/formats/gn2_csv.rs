//! The file that GN2 exports for a collection.
//!
//! Source: GN2's `gn2/wqflask/export_traits.py`, `export_collection`, read in November 2026. It
//! writes with Python's `csv.writer` in its default dialect: lines end in CR LF, and a row of the
//! one column is quoted when it contains a comma, a quote or a line break. We quote also semicolons
//! and tabs, at which a spreadsheet may split.
//!
//! ```text
//! # Collection Name: <name>
//! # User E-mail: <address, or N/A without a signed-in user>
//! # Time/Date: <strftime('%H:%M (UTC) %m/%d/%y')>
//! <trait>:<dataset>
//! ```
//!
//! GN2's page sends each row with a signature, `trait:dataset:<20 hex digits>`
//! (`gn2/utility/hmac.py`, `data_hmac`). A signature is no part of a member. It is removed and
//! counted. A member whose signature is known is written with it, because GN2's import needs it.
//!
//! GN2 reads such a file line by line and takes every line that does not begin with `#`
//! (`gn2/wqflask/collect.py`, `import_collection`). It ignores quotes, so that a name with a comma
//! gives it one line too many, from its own files as well.
//!
//! A file with several collections is several such files in sequence.

use super::file::{Export, FileCollection, ParsedFile};
use super::formula::{escape_formula, escape_within, unescape_formula, unescape_within};
use super::member_collector::MemberCollector;
use super::quotes::{quote, unquote};
use super::report::Report;
use super::signature::remove_signature;
use crate::edit::check::is_showable;
use crate::timestamp::Timestamp;
use std::borrow::Cow;
use std::collections::BTreeMap;

const NAME: &str = "# Collection Name: ";
const EMAIL: &str = "# User E-mail: ";
const TIME: &str = "# Time/Date: ";

/// The characters that end a row with empty cells. A text with one of them is quoted.
const PADDING: [char; 2] = [',', '\t'];

/// The lines before the traits, except for the name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// The address of the exporting user, or `N/A`.
    pub email: String,
    /// The time of the export in GN2's format.
    pub time: String,
}

/// A collection of a file with its header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// The collection.
    pub collection: FileCollection,
    /// The header.
    pub header: Header,
}

impl Header {
    /// The header of an export made now.
    pub fn of(export: &Export) -> Self {
        Self {
            email: export.email.clone().unwrap_or_else(|| "N/A".to_owned()),
            time: format_time(export.at),
        }
    }
}

/// Returns a time such as `15:27 (UTC) 11/12/19`.
fn format_time(at: Timestamp) -> String {
    // 2019-11-12T15:27:00Z
    let at = at.to_rfc3339();
    let part = |from: usize, to: usize| at.get(from..to).unwrap_or_default();
    let (year, month, day) = (part(2, 4), part(5, 7), part(8, 10));
    format!("{} (UTC) {month}/{day}/{year}", part(11, 16))
}

/// Writes one collection as GN2 does, with risky cells escaped as in [`super::formula`], and with
/// the signatures of members that have one.
pub fn write(
    collection: &FileCollection,
    header: &Header,
    signatures: &BTreeMap<String, String>,
) -> String {
    let header = [
        (NAME, &collection.name),
        (EMAIL, &header.email),
        (TIME, &header.time),
    ];
    let header = header.map(|(field, value)| format!("{field}{}", escape_within(value)).into());
    let members = collection.members.iter();
    let members = members.map(|member| match signatures.get(member) {
        Some(signature) => format!("{}:{signature}", escape_formula(member)).into(),
        None => escape_formula(member),
    });
    let mut text = String::new();
    for row in header.into_iter().chain(members) {
        text.extend([&*quote(&row), "\r\n"]);
    }
    text
}

/// The sections of a file while it is read.
#[derive(Default)]
struct Sections(Vec<(Section, MemberCollector)>);

impl Sections {
    /// The last section. Traits before the first name belong to a section without a name.
    fn last(&mut self) -> &mut (Section, MemberCollector) {
        if self.0.is_empty() {
            self.0.push(Default::default());
        }
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// Takes the value of a header line. Other comments are skipped.
    fn comment(&mut self, comment: &str) {
        // An editor may have removed the space at the end of a line.
        let value = |field: &str| {
            let value = comment.strip_prefix(field.trim_end())?;
            let value = value.strip_prefix(' ').unwrap_or(value);
            Some(unescape_within(value).into_owned())
        };
        if let Some(name) = value(NAME) {
            self.0.push(Default::default());
            self.last().0.collection.name = name;
        } else if let Some(email) = value(EMAIL) {
            self.last().0.header.email = email;
        } else if let Some(time) = value(TIME) {
            self.last().0.header.time = time;
        }
    }
}

/// Reads a file with any number of collections.
pub fn read(text: &str) -> (Vec<Section>, Report) {
    let mut report = Report::default();
    let mut sections = Sections::default();
    for (line, row) in rows(text) {
        match row {
            Row::Comment(comment) => sections.comment(&comment),
            Row::Cells(cells) => {
                for cell in cells {
                    let cell = unescape_formula(&cell);
                    let member = remove_signature(cell.trim(), &mut report);
                    if !member.is_empty() {
                        sections.last().1.add(line, member, &mut report);
                    }
                }
            }
        }
    }
    let sections = sections.0.into_iter().map(|(mut section, members)| {
        section.collection.members = members.into_members();
        section
    });
    (sections.collect(), report)
}

/// Reads the collections of a file without their headers.
pub fn read_file(text: &str) -> ParsedFile {
    let (sections, report) = read(text);
    let sections = sections.into_iter();
    ParsedFile {
        collections: sections.map(|section| section.collection).collect(),
        report,
    }
}

enum Row<'a> {
    /// A whole row that begins with `#`.
    Comment(Cow<'a, str>),
    /// The cells of a row, usually one.
    Cells(Vec<Cow<'a, str>>),
}

/// Returns the rows with the lines they begin in.
///
/// The `csv` crate cannot read them: with an opening quote that is never closed, it takes the rest
/// of the file for one cell. Here a quoted cell may span lines only if it ends properly. Otherwise
/// the quote is a character like any other, and the following lines are rows of their own.
fn rows(text: &str) -> impl Iterator<Item = (usize, Row<'_>)> {
    let mut rest = text;
    let mut line = 1;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let begin = line;
        // Files that were put together have a byte order mark each.
        let marked = rest.strip_prefix('\u{feff}').unwrap_or(rest);
        let (row, after) = match quoted(marked) {
            Some((cell, after)) if cell.starts_with('#') => (Row::Comment(cell), after),
            Some((cell, after)) => (Row::Cells(vec![cell]), after),
            None => {
                let (raw, after) = marked.split_once('\n').unwrap_or((marked, ""));
                let raw = raw.strip_suffix('\r').unwrap_or(raw);
                let row = if raw.starts_with('#') {
                    // A spreadsheet pads rows with empty cells.
                    Row::Comment(Cow::Borrowed(raw.trim_end_matches(PADDING)))
                } else {
                    Row::Cells(raw.split(',').map(unquote).collect())
                };
                (row, after)
            }
        };
        line += rest[..rest.len() - after.len()].matches('\n').count();
        rest = after;
        Some((begin, row))
    })
}

/// Whether a text begins with a comment and names a collection, or with a quoted cell, as GN2
/// writes those that contain a comma.
pub(super) fn is_export(text: &str) -> bool {
    let is_commented = text.starts_with('#') && text.contains(NAME.trim_end());
    is_commented
        || quoted(text).is_some_and(|(cell, _)| {
            let cell = unescape_formula(&cell);
            cell.starts_with('#') || is_showable(remove_signature(&cell, &mut Report::default()))
        })
}

/// Returns the quoted cell that is the whole first row, and the text after that row.
fn quoted(text: &str) -> Option<(Cow<'_, str>, &str)> {
    let inner = text.strip_prefix('"')?;
    let mut from = 0;
    let end = loop {
        let quote = from + inner[from..].find('"')?;
        if inner[quote + 1..].starts_with('"') {
            from = quote + 2;
        } else {
            break quote;
        }
    };
    let after = inner[end + 1..].trim_start_matches(PADDING);
    let after = after
        .strip_prefix("\r\n")
        .or_else(|| after.strip_prefix('\n'))
        .or_else(|| after.is_empty().then_some(after))?;
    Some((Cow::Owned(inner[..end].replace("\"\"", "\"")), after))
}
