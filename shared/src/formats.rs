//! The files in which people keep collections, and the text they paste.
//!
//! Everything here is pure: a text in, collections and a report out, or the other way round. Nothing that a file says is
//! dropped silently: each piece is accepted, counted as repeated, or reported as malformed with its line and the reason.
//! What was written is read back as it was (`crate::testing::formats` states that as a law, for every format).
//!
//! - [`gn2_csv`]: the file that GN2 exports for a collection
//! - [`tsv`]: one row a trait, for spreadsheets and scripts
//! - [`json`]: everything a collection has
//! - [`gmt`]: gene sets, one line a collection
//! - [`pasted`]: traits as people type and paste them
//! - [`guard`]: cells that a spreadsheet would run as a formula
//! - [`report`]: what became of what was written
//! - [`detect`]: which format a text has
//!
//! What a member may be is decided in one place for all of them: [`crate::edit::check`], as for accounts.

pub mod detect;
mod escape;
pub mod gmt;
pub mod gn2_csv;
pub mod guard;
pub mod json;
pub mod pasted;
pub mod report;
mod sift;
pub mod tsv;

pub use detect::{Refused, read};
pub use report::{Malformed, Reason, Report};

use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// The formats of files, in the order in which they are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// GN2's own export of a collection.
    Gn2Csv,
    /// Tab-separated values.
    Tsv,
    /// JSON, with everything a collection has.
    Json,
    /// Gene Matrix Transposed.
    Gmt,
}

/// A collection in a file. What a format does not hold is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCollection {
    /// Free text; empty where the file gives none.
    pub name: String,
    /// A remark, such as where the collection came from.
    pub note: Option<String>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it last changed.
    pub changed: Option<Timestamp>,
    /// Its members in the order of the file, each once.
    pub members: Vec<String>,
}

/// Collections that were read from a file, and what became of the rest of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The collections in the order of the file.
    pub collections: Vec<FileCollection>,
    /// What became of every piece.
    pub report: Report,
}

/// What an export says besides the collections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// The address of whoever exports, if signed in.
    pub email: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Gn2Csv, Self::Tsv, Self::Json, Self::Gmt];

    /// What the name of such a file ends in, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Gn2Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::Gmt => "gmt",
        }
    }

    /// The media type of such a file.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Gn2Csv => "text/csv",
            // GMT has none of its own; it is separated by tabs.
            Self::Tsv | Self::Gmt => "text/tab-separated-values",
            Self::Json => "application/json",
        }
    }

    /// The name of a file with this collection, as GN2 makes it: white space becomes `_`
    /// (`gn2/wqflask/export_traits.py`, `export_collection`). What no file system takes becomes `_` as well.
    pub fn file_name(self, name: &str) -> String {
        let mut file = String::with_capacity(name.len() + 5);
        for part in name.split_whitespace() {
            if !file.is_empty() {
                file.push('_');
            }
            file.extend(part.chars().map(|c| match c {
                '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
                c if c.is_control() => '_',
                c => c,
            }));
        }
        // A hidden file, or none at all, is not what was asked for.
        if file.is_empty() || file.starts_with('.') {
            file.insert_str(0, "collection");
        }
        file.push('.');
        file.push_str(self.extension());
        file
    }
}

/// Writes collections in a format.
pub fn write(format: Format, collections: &[FileCollection], export: &Export) -> String {
    match format {
        Format::Gn2Csv => {
            let header = gn2_csv::Header::of(export);
            let parts = collections.iter();
            parts.map(|one| gn2_csv::write(one, &header)).collect()
        }
        Format::Tsv => tsv::write(collections),
        Format::Json => json::write(collections),
        Format::Gmt => gmt::write(collections),
    }
}

#[cfg(test)]
mod tests;
