//! A file's format and collections.

use super::pasted::PastedTraits;
use super::report::Report;
use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// The formats of files, in the order in which they are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// GN2's own export of a collection.
    Gn2Csv,
    /// Tab-separated values.
    Tsv,
    /// JSON with all data of a collection.
    Json,
    /// Gene Matrix Transposed.
    Gmt,
}

/// A collection in a file. Data that the format does not have is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCollection {
    /// Free text. Empty where the file has no name.
    pub name: String,
    /// A remark, such as the origin of the collection.
    pub note: Option<String>,
    /// The creation time.
    pub created: Option<Timestamp>,
    /// The time of the last change.
    pub changed: Option<Timestamp>,
    /// The members in the order of the file, each once.
    pub members: Vec<String>,
}

/// The collections read from a file, and the report about all its pieces.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParsedFile {
    /// The collections in the order of the file.
    pub collections: Vec<FileCollection>,
    /// The report.
    pub report: Report,
}

/// The origin of an export and GN2's signatures, which GN2's format contains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// The address of the signed-in user, if there is one.
    pub email: Option<String>,
    /// The time of the export.
    pub at: Timestamp,
    /// GN2's signatures of members, as far as they are known.
    pub signatures: BTreeMap<String, String>,
}

impl ParsedFile {
    /// Merges all collections into one list, without the known `members`.
    pub fn merge(self, members: &[String]) -> PastedTraits {
        let Self {
            collections,
            mut report,
        } = self;
        let mut seen: HashSet<&String> = members.iter().collect();
        let read = collections.iter().flat_map(|one| &one.members);
        let new: Vec<String> = read.filter(|member| seen.insert(member)).cloned().collect();
        report.repeated += report.accepted - new.len();
        report.accepted = new.len();
        PastedTraits { new, report }
    }
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Gn2Csv, Self::Tsv, Self::Json, Self::Gmt];

    /// The extension of file names, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Gn2Csv => "csv",
            Self::Tsv => "tsv",
            Self::Json => "json",
            Self::Gmt => "gmt",
        }
    }

    /// The media type. GMT has none of its own, but is separated by tabs.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Gn2Csv => "text/csv",
            Self::Tsv | Self::Gmt => "text/tab-separated-values",
            Self::Json => "application/json",
        }
    }

    /// The file name for a collection. White space becomes `_`, as in GN2
    /// (`gn2/wqflask/export_traits.py`, `export_collection`), and so do characters that file
    /// systems do not allow.
    pub fn file_name(self, name: &str) -> String {
        let words: Vec<&str> = name.split_whitespace().collect();
        let is_forbidden = |c: char| r#"/\:*?"<>|"#.contains(c) || c.is_control();
        let stem = words.join("_").replace(is_forbidden, "_");
        // A name that is empty or begins with a dot would make a hidden file.
        let prefix = if stem.is_empty() || stem.starts_with('.') {
            "collection"
        } else {
            ""
        };
        format!("{prefix}{stem}.{}", self.extension())
    }
}
