//! Which format a file has: its content tells, whatever its name says.

use super::{FileCollection, json::NotCollections};
use super::{Format, Reading, gmt, gn2_csv, json, pasted, tsv};
use crate::edit::check::is_trait;
use serde::{Deserialize, Serialize};

/// The largest file that is read, in bytes: as much as the server takes in one request.
pub const MAX_BYTES: u32 = 16 * 1024 * 1024;

/// The most collections that are read from one file.
pub const MAX_COLLECTIONS: usize = 10_000;

/// Why a file is not read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Refused {
    /// It is larger than [`MAX_BYTES`].
    #[error("the file is larger than 16 MiB")]
    TooLarge,
    /// It holds more than [`MAX_COLLECTIONS`].
    #[error("the file holds more than 10,000 collections")]
    TooManyCollections,
    /// It is not text in UTF-8.
    #[error("the file is not text in UTF-8")]
    NotText,
    /// It begins like JSON, but is not JSON with collections.
    #[error("the file begins like JSON but is not JSON with collections in it")]
    NotCollections,
}

impl From<NotCollections> for Refused {
    fn from(NotCollections: NotCollections) -> Self {
        Self::NotCollections
    }
}

/// The format of a text; `None` for a plain list of traits. Only GMT cannot always be told by what it begins with: there
/// the end of the file's `name` decides.
pub fn detect(name: &str, text: &str) -> Option<Format> {
    let ending = format!(".{}", Format::Gmt.extension());
    if name.to_ascii_lowercase().ends_with(&ending) {
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

/// Name and description come first, then members: what is a list of traits, separated by tabs, begins with a trait.
fn is_gmt(line: &str) -> bool {
    let mut cells = line.split('\t');
    let name = cells.next().unwrap_or_default();
    let mut members = cells.skip(1).filter(|cell| !cell.trim().is_empty());
    !is_trait(name) && members.next().is_some_and(is_trait)
}

/// Reads a file of any format. A plain list of traits is one collection without a name.
///
/// # Errors
/// [`Refused`], when nothing of it can be read.
pub fn read(name: &str, file: &[u8]) -> Result<Reading, Refused> {
    if file.len() > MAX_BYTES as usize {
        return Err(Refused::TooLarge);
    }
    let text = std::str::from_utf8(file).map_err(|_| Refused::NotText)?;
    if text.contains('\0') {
        return Err(Refused::NotText);
    }
    // Windows programs put it before UTF-8.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let reading = match detect(name, text) {
        Some(Format::Json) => json::read(text)?,
        Some(Format::Tsv) => tsv::read(text),
        Some(Format::Gn2Csv) => gn2_csv::reading(text),
        Some(Format::Gmt) => gmt::read(text),
        None => list(text),
    };
    if reading.collections.len() > MAX_COLLECTIONS {
        return Err(Refused::TooManyCollections);
    }
    Ok(reading)
}

fn list(text: &str) -> Reading {
    let read = pasted::read(text, &[]);
    let collection = FileCollection {
        members: read.new,
        ..FileCollection::default()
    };
    Reading {
        collections: vec![collection],
        report: read.report,
    }
}
