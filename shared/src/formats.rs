//! The files in which people keep collections, and the text they paste.
//!
//! Everything here is pure: text in, collections and a report out, or the reverse. No piece of a
//! file is dropped silently. Each is accepted, counted as repeated, or reported as malformed with
//! its line and a reason. A written file reads back as it was; `crate::testing::formats` checks
//! that for every format.
//!
//! - [`mod@file`]: a file's format and collections
//! - [`gn2_csv`]: the file that GN2 exports for a collection
//! - [`tsv`]: a row for each trait, for spreadsheets and scripts
//! - [`json`]: all data of a collection
//! - [`gmt`]: gene sets, a line for each collection
//! - [`pasted`]: traits as people type and paste them; `pieces`: the pieces of a line; `table`:
//!   tables with a header; [`link`]: links to pages of traits
//! - [`workbook`]: the sheets of a spreadsheet
//! - `decode`: the text of a file in any encoding
//! - `refusal`: pieces that are no traits; `signature`: GN2's signatures
//! - [`submitted`]: traits that another page submits, as GN2's *Add* button does
//! - [`formula`]: text that a spreadsheet would run as a formula
//! - `quotes`: quotes around the cells of CSV and TSV
//! - [`report`]: the result of reading each piece
//! - [`detect`]: finds the format of a text and reads it
//!
//! All formats share [`crate::edit::check`], which decides what a member may be.

mod decode;
pub mod detect;
pub mod file;
pub mod formula;
pub mod gmt;
pub mod gn2_csv;
pub mod json;
pub mod link;
mod member_collector;
pub mod pasted;
mod pieces;
mod quotes;
mod refusal;
pub mod report;
mod signature;
pub mod submitted;
mod tab_escape;
mod table;
pub mod tsv;
pub mod workbook;

pub use detect::{FileError, read, read_text};
pub use file::{Export, FileCollection, Format, ParsedFile};
pub use report::{MalformedPiece, MalformedReason, Report};

/// Writes collections in a format.
pub fn write(format: Format, collections: &[FileCollection], export: &Export) -> String {
    match format {
        Format::Gn2Csv => {
            let header = gn2_csv::Header::of(export);
            let collections = collections.iter();
            collections
                .map(|collection| gn2_csv::write(collection, &header, &export.signatures))
                .collect()
        }
        Format::Tsv => tsv::write(collections),
        Format::Json => json::write(collections),
        Format::Gmt => gmt::write(collections),
    }
}

#[cfg(test)]
mod tests;
