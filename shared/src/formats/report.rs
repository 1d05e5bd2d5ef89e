//! The report about the pieces of a file or a pasted text.

use serde::{Deserialize, Serialize};

/// The maximum number of malformed pieces that are listed. The others are only counted.
pub const MAX_LISTED: usize = 1_000;

/// The maximum length of a listed piece, in characters.
const MAX_SHOWN: usize = 200;

/// The result of reading every piece of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The number of accepted members.
    pub accepted: usize,
    /// The number of members that the collection has already, from before or earlier in the text.
    pub repeated: usize,
    /// The number of members with GN2's signature, which is no part of a member.
    pub signed: usize,
    /// The number of ids without a dataset, whether or not a default dataset made them members.
    pub bare_ids: usize,
    /// The number of collections without members, which are left out.
    pub empty: usize,
    /// Whether the file was read as Windows-1252 because it is not UTF-8.
    pub is_windows_1252: bool,
    /// The number of malformed pieces.
    pub malformed: usize,
    /// The first [`MAX_LISTED`] malformed pieces.
    pub listed: Vec<MalformedPiece>,
}

/// A malformed piece, which is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MalformedPiece {
    /// The line, or the position in a list on one line, from 1.
    pub line: usize,
    /// The piece, or its beginning.
    pub text: String,
    /// The reason.
    pub reason: MalformedReason,
}

/// The reason why a piece is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MalformedReason {
    /// The piece is not written as `trait:dataset`, with one colon.
    NotATrait,
    /// The piece contains white space, a control character or another invisible character.
    Invisible,
    /// The piece is a computed trait whose name does not tell the group.
    NoGroup,
    /// The piece is longer than [`crate::edit::check::MAX_CHARACTERS`].
    TooLong,
    /// The piece is not text: in JSON another value, in submitted traits bytes that are not UTF-8.
    NotText,
    /// In JSON: an entry that is not an object with a list of members.
    NotACollection,
    /// In a table: a row with other columns than the first row.
    OtherColumns,
    /// The piece is an id without its dataset.
    DatasetMissing,
    /// The piece looks like the symbol of a gene.
    GeneSymbol,
    /// The piece has a colon, but no dataset behind it, as a time or `Fig:2A`.
    NotADataset,
    /// The id is a date or a rounded number, into which a spreadsheet turned it.
    SpreadsheetDamage,
    /// The piece is the long name of a dataset, which does not identify it.
    LongDatasetName,
    /// The piece is an address that is not the page of a trait.
    WebAddress,
    /// The text is the source of a web page. Nothing of it is read.
    WebPage,
}

impl Report {
    /// Adds a malformed piece.
    pub fn reject(&mut self, line: usize, text: &str, reason: MalformedReason) {
        self.malformed += 1;
        if self.listed.len() < MAX_LISTED {
            let end = text.char_indices().nth(MAX_SHOWN).map(|(end, _)| end);
            let text = match end {
                Some(end) => format!("{}…", &text[..end]),
                None => text.to_owned(),
            };
            self.listed.push(MalformedPiece { line, text, reason });
        }
    }
}
