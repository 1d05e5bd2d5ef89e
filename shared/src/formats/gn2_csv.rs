//! The file that GN2 exports for a collection.
//!
//! Source: GN2's `gn2/wqflask/export_traits.py`, `export_collection`, read in November 2026. It writes with Python's
//! `csv.writer` in its default dialect, so lines end in CR LF, and a row (there is one column only) is quoted when it has a
//! comma, a quote or a line break in it:
//!
//! ```text
//! # Collection Name: <name>
//! # User E-mail: <address, or N/A for somebody who is not signed in>
//! # Time/Date: <strftime('%H:%M (UTC) %m/%d/%y')>
//! <trait>:<dataset>
//! ```
//!
//! GN2's page sends the rows with a signature behind each, `trait:dataset:<20 hex digits>` (`gn2/utility/hmac.py`,
//! `data_hmac`). A signature is no part of a member: it is taken off, and counted.
//!
//! GN2 reads such a file line by line and takes every line that does not begin with `#`
//! (`gn2/wqflask/collect.py`, `import_collection`). It does not look at quotes: a name with a comma gives it one line too
//! many, from its own files as well.
//!
//! A file with several collections is one such file after the other.

use super::guard::{guarded, unguarded};
use super::sift::Members;
use super::{Export, FileCollection, Reading, Report};
use crate::timestamp::Timestamp;
use std::borrow::Cow;

const NAME: &str = "# Collection Name: ";
const EMAIL: &str = "# User E-mail: ";
const TIME: &str = "# Time/Date: ";

/// Length of a signature, in hex digits.
const SIGNATURE: usize = 20;

/// The lines above the traits, but for the name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// The address of whoever exported, or `N/A`.
    pub email: String,
    /// When, as GN2 writes it.
    pub time: String,
}

/// One collection of a file, with everything the file says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The collection.
    pub collection: FileCollection,
    /// The rest of its header.
    pub header: Header,
}

impl Header {
    /// The header of an export made now.
    pub fn of(export: &Export) -> Self {
        Self {
            email: export.email.clone().unwrap_or_else(|| "N/A".to_owned()),
            time: time(export.at),
        }
    }
}

/// `15:27 (UTC) 11/12/19`.
fn time(at: Timestamp) -> String {
    // 2019-11-12T15:27:00Z
    let at = at.to_rfc3339();
    let part = |from: usize, to: usize| at.get(from..to).unwrap_or_default();
    format!(
        "{} (UTC) {}/{}/{}",
        part(11, 16),
        part(5, 7),
        part(8, 10),
        part(2, 4)
    )
}

/// Writes one collection as GN2 does, but for cells that a spreadsheet would run: see [`super::guard`].
pub fn write(collection: &FileCollection, header: &Header) -> String {
    let mut text = String::new();
    for (field, value) in [
        (NAME, &collection.name),
        (EMAIL, &header.email),
        (TIME, &header.time),
    ] {
        push_row(&format!("{field}{value}"), &mut text);
    }
    for member in &collection.members {
        push_row(&guarded(member), &mut text);
    }
    text
}

/// As `csv.writer` with `QUOTE_MINIMAL` writes a row of one field.
fn push_row(field: &str, text: &mut String) {
    if field.is_empty() || field.contains([',', '"', '\r', '\n']) {
        text.push('"');
        text.push_str(&field.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(field);
    }
    text.push_str("\r\n");
}

/// Reads a file with any number of collections. Traits before the first name are a collection without one.
pub fn read(text: &str) -> (Vec<Sheet>, Report) {
    let mut report = Report::default();
    let mut sheets: Vec<(Sheet, Members)> = Vec::new();
    for (line, row) in rows(text) {
        let cells = match row {
            Row::Comment(comment) => {
                note(&comment, &mut sheets);
                continue;
            }
            Row::Cells(cells) => cells,
        };
        for cell in cells {
            let cell = unsigned(unguarded(&cell).trim(), &mut report);
            if !cell.is_empty() {
                current(&mut sheets).1.take(line, cell, &mut report);
            }
        }
    }
    let sheets = sheets.into_iter().map(|(mut sheet, members)| {
        sheet.collection.members = members.done();
        sheet
    });
    (sheets.collect(), report)
}

/// The collections of a file, without the rest of its headers.
pub fn reading(text: &str) -> Reading {
    let (sheets, report) = read(text);
    Reading {
        collections: sheets.into_iter().map(|sheet| sheet.collection).collect(),
        report,
    }
}

/// Takes what a comment says; most say nothing.
fn note(comment: &str, sheets: &mut Vec<(Sheet, Members)>) {
    // An editor may have taken away the space at the end of a line.
    let value = |field: &str| {
        let value = comment.strip_prefix(field.trim_end())?;
        Some(value.strip_prefix(' ').unwrap_or(value).to_owned())
    };
    if let Some(name) = value(NAME) {
        let mut sheet = Sheet::default();
        sheet.collection.name = name;
        sheets.push((sheet, Members::default()));
    } else if let Some(email) = value(EMAIL) {
        current(sheets).0.header.email = email;
    } else if let Some(time) = value(TIME) {
        current(sheets).0.header.time = time;
    }
}

fn current(sheets: &mut Vec<(Sheet, Members)>) -> &mut (Sheet, Members) {
    if sheets.is_empty() {
        sheets.push((Sheet::default(), Members::default()));
    }
    let last = sheets.len() - 1;
    &mut sheets[last]
}

enum Row<'a> {
    /// The whole row, which begins with `#`.
    Comment(Cow<'a, str>),
    /// Cells of a row, usually one.
    Cells(Vec<Cow<'a, str>>),
}

/// The rows with the lines they begin in. A quoted cell may go over several lines, but only if it ends as a quoted cell
/// does; otherwise its quote is a letter like any other, and nothing of what follows is taken for a part of it.
fn rows(text: &str) -> impl Iterator<Item = (usize, Row<'_>)> {
    let mut rest = text;
    let mut line = 1;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let begin = line;
        let (row, after) = match quoted(rest) {
            Some((cell, after)) if cell.starts_with('#') => (Row::Comment(cell), after),
            Some((cell, after)) => (Row::Cells(vec![cell]), after),
            None => {
                let (raw, after) = first_line(rest);
                let row = if raw.starts_with('#') {
                    Row::Comment(Cow::Borrowed(raw))
                } else {
                    Row::Cells(raw.split(',').map(bare).collect())
                };
                (row, after)
            }
        };
        line += rest[..rest.len() - after.len()].matches('\n').count();
        rest = after;
        Some((begin, row))
    })
}

/// A cell within a line of several, without its quotes.
fn bare(cell: &str) -> Cow<'_, str> {
    let trimmed = cell.trim();
    let inner = trimmed
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) => Cow::Owned(inner.replace("\"\"", "\"")),
        None => Cow::Borrowed(cell),
    }
}

fn first_line(text: &str) -> (&str, &str) {
    let (line, after) = text.split_once('\n').unwrap_or((text, ""));
    (line.strip_suffix('\r').unwrap_or(line), after)
}

/// The quoted cell that makes up the whole of the first row, and what follows that row.
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
    let after = &inner[end + 1..];
    let after = after
        .strip_prefix("\r\n")
        .or_else(|| after.strip_prefix('\n'))
        .or_else(|| after.is_empty().then_some(after))?;
    let cell = &inner[..end];
    let cell = if cell.contains('"') {
        Cow::Owned(cell.replace("\"\"", "\""))
    } else {
        Cow::Borrowed(cell)
    };
    Some((cell, after))
}

/// A member without the signature that GN2 puts behind it.
pub(super) fn unsigned<'a>(piece: &'a str, report: &mut Report) -> &'a str {
    let Some((member, signature)) = piece.rsplit_once(':') else {
        return piece;
    };
    let is_signature = signature.len() == SIGNATURE
        && signature
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if is_signature && member.contains(':') {
        report.signed += 1;
        member
    } else {
        piece
    }
}
