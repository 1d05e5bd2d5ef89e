//! Finds the format of a text by its content, and reads it.

use super::file::{FileCollection, Format, ParsedFile};
use super::json::NotCollections;
use super::{gmt, gn2_csv, json, pasted, tsv};
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
    /// The file is not text in UTF-8.
    #[error("the file is not text in UTF-8")]
    NotText,
    /// The file begins like JSON, but is not JSON with collections.
    #[error("the file begins like JSON but is not JSON with collections in it")]
    NotCollections,
}

impl From<NotCollections> for FileError {
    fn from(NotCollections: NotCollections) -> Self {
        Self::NotCollections
    }
}

/// Returns the format of a text, or `None` for a plain list of traits. The beginning of a GMT text
/// can be ambiguous, so that the extension of the file's `name` counts as well.
pub fn detect(name: &str, text: &str) -> Option<Format> {
    if name.to_ascii_lowercase().ends_with(".gmt") {
        return Some(Format::Gmt);
    }
    let text = text.trim_start();
    let first = text.lines().next().unwrap_or_default();
    if text.starts_with(['{', '[']) {
        Some(Format::Json)
    } else if tsv::is_table(text) {
        Some(Format::Tsv)
    } else if first.starts_with(['#', '"']) {
        Some(Format::Gn2Csv)
    } else if is_gmt(first) {
        Some(Format::Gmt)
    } else {
        None
    }
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

/// Reads a file of any format. A plain list of traits is one collection without a name.
///
/// # Errors
/// [`FileError`] when the file is not read at all.
pub fn read(name: &str, file: &[u8]) -> Result<ParsedFile, FileError> {
    if file.len() > MAX_BYTES as usize {
        return Err(FileError::TooLarge);
    }
    let text = std::str::from_utf8(file).map_err(|_| FileError::NotText)?;
    if text.contains('\0') {
        return Err(FileError::NotText);
    }
    // Windows programs put a byte order mark before UTF-8.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file = match detect(name, text) {
        Some(Format::Json) => json::read(text)?,
        Some(Format::Tsv) => tsv::read(text),
        Some(Format::Gn2Csv) => gn2_csv::read_file(text),
        Some(Format::Gmt) => gmt::read(text),
        None => read_list(text),
    };
    if file.collections.len() > MAX_COLLECTIONS {
        return Err(FileError::TooManyCollections);
    }
    Ok(file)
}

fn read_list(text: &str) -> ParsedFile {
    let pasted = pasted::read(text, &[]);
    let collection = FileCollection {
        members: pasted.new,
        ..FileCollection::default()
    };
    ParsedFile {
        collections: vec![collection],
        report: pasted.report,
    }
}
