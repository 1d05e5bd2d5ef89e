//! Finds the format of a text by its content, and reads it.

use super::decode::decode;
use super::file::{FileCollection, Format, ParsedFile};
use super::json::NotCollections;
use super::link::is_web_page;
use super::pasted::{PastedTraits, Reader};
use super::report::{MalformedPiece, MalformedReason};
use super::{gmt, gn2_csv, json, tsv};
use serde::{Deserialize, Serialize};

/// The maximum size of a file in bytes, which is also the maximum of a request to the server.
pub const MAX_BYTES: u32 = 16 * 1024 * 1024;

/// The maximum number of collections in a file.
pub const MAX_COLLECTIONS: usize = 10_000;

/// The reason why a file is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum FileError {
    /// The file is larger than [`MAX_BYTES`].
    #[error("the file is larger than 16 MiB")]
    TooLarge,
    /// The file has more than [`MAX_COLLECTIONS`].
    #[error("the file holds more than 10,000 collections")]
    TooManyCollections,
    /// The file is neither text nor a workbook.
    #[error("the file is not text")]
    NotText,
    /// The file is a workbook that cannot be opened, e.g. because it is damaged or has a password.
    #[error("the workbook cannot be opened")]
    UnreadableWorkbook,
    /// The file is a web page.
    #[error("the file is a web page")]
    NotAList,
    /// The file holds gene symbols, not traits.
    #[error("the file holds gene symbols, not traits")]
    NoTraits,
    /// The file holds nothing.
    #[error("the file is empty")]
    Empty,
    /// The file begins like JSON, but is not JSON with collections.
    #[error("the file begins like JSON but is not JSON with collections in it")]
    NotCollections,
}

impl From<NotCollections> for FileError {
    fn from(NotCollections: NotCollections) -> Self {
        Self::NotCollections
    }
}

/// Returns the format of a text, or `None` for a list or table of traits. The beginning of a GMT
/// text can be ambiguous, so that the extension of the file's `name` counts as well.
pub fn detect(name: &str, text: &str) -> Option<Format> {
    if name.to_ascii_lowercase().ends_with(".gmt") {
        return Some(Format::Gmt);
    }
    let text = text.trim_start();
    let first = text.lines().next().unwrap_or_default();
    if is_json(text) {
        Some(Format::Json)
    } else if tsv::is_table(text) {
        Some(Format::Tsv)
    } else if gn2_csv::is_export(text) {
        Some(Format::Gn2Csv)
    } else if is_gmt(first) {
        Some(Format::Gmt)
    } else {
        None
    }
}

/// Whether a text begins like JSON with collections. Traits may stand in brackets as well.
fn is_json(text: &str) -> bool {
    let inner = |open| text.strip_prefix(open).map(str::trim_start);
    let is_object =
        inner('{').is_some_and(|inner| inner.is_empty() || inner.starts_with(['"', '}']));
    is_object || inner('[').is_some_and(|inner| inner.is_empty() || inner.starts_with(['{', ']']))
}

/// Whether a pasted text is in a format that only [`read_text`] reads.
pub fn is_structured(text: &str) -> bool {
    matches!(detect("", text), Some(Format::Json | Format::Gmt))
}

/// Whether a line has a name, a description and members. A plain list of traits that are separated
/// by tabs begins with a trait instead.
fn is_gmt(line: &str) -> bool {
    let mut cells = line.split('\t');
    let name = cells.next().unwrap_or_default();
    let mut members = cells.skip(1).filter(|cell| !cell.trim().is_empty());
    !is_like_trait(name) && members.next().is_some_and(is_like_trait)
}

/// Whether a text looks like `trait:dataset`, also if it cannot be a member.
fn is_like_trait(text: &str) -> bool {
    text.split_once(':').is_some_and(|(name, dataset)| {
        !name.trim().is_empty() && !dataset.trim().is_empty() && !dataset.starts_with(':')
    })
}

/// Reads a file of any format. A list or table of traits is one collection without a name, and its
/// ids without a dataset belong to the default `dataset`.
///
/// # Errors
/// [`FileError`] when nothing of the file is read.
pub fn read(name: &str, file: &[u8], dataset: &str) -> Result<ParsedFile, FileError> {
    if file.len() > MAX_BYTES as usize {
        return Err(FileError::TooLarge);
    }
    let decoded = decode(file).ok_or(FileError::NotText)?;
    // Windows programs put a byte order mark before UTF-8.
    let text = &*decoded.text;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut parsed = read_any(name, text, dataset)?;
    parsed.report.is_windows_1252 = decoded.is_windows_1252;
    Ok(parsed)
}

fn read_any(name: &str, text: &str, dataset: &str) -> Result<ParsedFile, FileError> {
    if is_web_page(text) {
        return Err(FileError::NotAList);
    }
    let format = detect(name, text);
    let parsed = match format {
        Some(Format::Json) => json::read(text)?,
        Some(Format::Tsv) => tsv::read(text),
        Some(Format::Gn2Csv) => gn2_csv::read_file(text),
        Some(Format::Gmt) => gmt::read(text),
        None => read_list(text, dataset),
    };
    // Gene sets of other programs hold symbols, which have no colon.
    let report = &parsed.report;
    let has_traits = report.accepted > 0 || report.listed.iter().any(|one| one.text.contains(':'));
    if format == Some(Format::Gmt) && report.malformed > 0 && !has_traits {
        return Err(FileError::NoTraits);
    }
    with_members(parsed)
}

/// Leaves out collections without members.
///
/// # Errors
/// [`FileError`] when there is nothing to say of the file but that it has no traits.
pub fn with_members(mut parsed: ParsedFile) -> Result<ParsedFile, FileError> {
    let report = &mut parsed.report;
    let before = parsed.collections.len();
    parsed.collections.retain(|one| !one.members.is_empty());
    report.empty = before - parsed.collections.len();
    if parsed.collections.len() > MAX_COLLECTIONS {
        return Err(FileError::TooManyCollections);
    }
    if !parsed.collections.is_empty() {
        return Ok(parsed);
    }
    let is_symbol = |one: &MalformedPiece| one.reason == MalformedReason::GeneSymbol;
    match report.malformed {
        0 => Err(FileError::Empty),
        _ if report.listed.iter().all(is_symbol) => Err(FileError::NoTraits),
        _ => Ok(parsed),
    }
}

fn read_list(text: &str, dataset: &str) -> ParsedFile {
    let mut reader = Reader::default();
    reader.default_dataset(dataset);
    reader.text(text);
    let PastedTraits { new, report } = reader.done();
    let collection = FileCollection {
        members: new,
        ..FileCollection::default()
    };
    ParsedFile {
        collections: vec![collection],
        report,
    }
}

/// Reads a pasted text of any format as one list, given the `members` of the collection and the
/// default `dataset`.
pub fn read_text(text: &str, members: &[String], dataset: &str) -> PastedTraits {
    if is_structured(text)
        && let Ok(file) = read_any("", text, dataset)
    {
        return file.merge(members);
    }
    let mut reader = Reader::default();
    reader.default_dataset(dataset);
    reader.knows(members);
    reader.text(text);
    reader.done()
}
