//! Files: reading them, making them, and what may be wrong with them.

use super::editing::failure;
use super::errors::Words;
use super::format::{collections, count, short};
use crate::hooks::{ContentsError, EditError};
use shared::formats::{Format, Refused};

/// Label of the choice of files beside the field for traits.
pub const OR_FILES: &str = "Or choose files, or drop them here";
/// Name of a text that was too long for the field.
pub const PASTED: &str = "Pasted text";
/// Before the name of what is being read.
pub const READING: &str = "Reading";
/// When a file could not be read because part of this page could not be loaded.
pub const FAILED: &str = "This could not be read now, because a part of this page could not be loaded. Nothing is lost: check your connection and try again. If that does not help, reload the page: there may be a newer version of it.";
/// Reads it again.
pub const RETRY: &str = "Try again";
/// Takes away what was pasted and the files.
pub const CLEAR: &str = "Take these away";

/// Opens the dialog that writes a file.
pub const EXPORT: &str = "Export";
/// Asks for the format.
pub const FORMAT: &str = "Format";
/// Saves the file.
pub const DOWNLOAD: &str = "Download";
/// Puts it into the clipboard.
pub const COPY: &str = "Copy";
/// While a file is made.
pub const WORKING: &str = "Working…";
/// After that.
pub const COPIED: &str = "Copied.";
/// When the browser refuses.
pub const NOT_COPIED: &str = "Your browser does not allow copying. Please download the file.";
/// When the browser refuses.
pub const NOT_SAVED: &str = "Your browser does not allow saving files. Please copy instead.";
/// Name of a file with several collections.
pub const SEVERAL: &str = "genenetwork-collections";
/// Opens the dialog that reads a file, and heads it.
pub const IMPORT: &str = "Import a file";
/// Marks a collection of the file.
pub const SAME_NAME: &str = "there is one of this name already";
/// Label of the choice of a file.
pub const FILE: &str = "File";
/// What can be chosen.
pub const FILE_HINT: &str = "GeneNetwork 2’s export (CSV), TSV, JSON, GMT, or a list of traits. Choose it, or drop it here.";

/// After a file was saved.
pub fn saved(name: &str) -> String {
    format!("{name} was handed to your browser.")
}

/// Heading of the export.
pub fn export_title(n: usize) -> String {
    if n == 1 {
        "Export this collection".to_owned()
    } else {
        "Export collections".to_owned()
    }
}

/// Opens the export of the selected ones.
pub fn export_selected(n: usize) -> String {
    format!("Export {}", collections(n as u64))
}

/// What a format is called.
pub fn format_name(format: Format) -> &'static str {
    match format {
        Format::Gn2Csv => "GeneNetwork 2 (CSV)",
        Format::Tsv => "Table (TSV)",
        Format::Json => "Everything (JSON)",
        Format::Gmt => "Gene sets (GMT)",
    }
}

/// What it is for.
pub fn format_hint(format: Format, several: bool) -> &'static str {
    match format {
        Format::Gn2Csv if several => "as GeneNetwork 2 exports; it reads several as one collection",
        Format::Gn2Csv => "as GeneNetwork 2 exports a collection",
        Format::Tsv => "a row for each trait, for spreadsheets and scripts",
        Format::Json => "names, notes, dates and traits, to keep or to move",
        Format::Gmt => "a line for each collection, for enrichment analysis",
    }
}

/// Why nothing was made of collections.
pub fn contents_failure(error: &ContentsError) -> String {
    match error {
        ContentsError::Unread(name, error) => {
            let why = failure(error).in_one();
            format!("“{}” could not be read. {why}", short(name))
        }
        ContentsError::CannotWork => FAILED.to_owned(),
        ContentsError::TooMany => "At most 64 collections can be compared at once.".to_owned(),
    }
}

/// How far it is.
pub fn progress(kept: usize) -> String {
    format!("{} saved …", collections(kept as u64))
}

/// Button that keeps what was in the file.
pub fn import_button(n: usize) -> String {
    format!("Import {}", collections(n as u64))
}

/// After that, or when it has ended before some of them were imported.
pub fn imported(n: usize, in_account: bool, stored: bool) -> String {
    let outcome = match (in_account, stored) {
        (true, _) => "imported and saved in your account",
        (false, true) => "imported and saved in this browser",
        (false, false) => "imported, but not saved yet",
    };
    format!("{} {outcome}.", collections(n as u64))
}

/// After the words that say how many were imported, when the user has ended it before all were.
pub fn import_stopped(left: usize) -> String {
    format!(
        " It was stopped: {} left out.",
        count(left as u64, "collection was", "collections were")
    )
}

/// Why not all were imported; the dialog is still there.
pub fn import_ended(kept: &str, why: &EditError) -> Words {
    let mut words = failure(why);
    if !kept.is_empty() {
        words.body = [&words.body, " ", kept, " The others are still ticked."].concat();
    }
    words
}

/// Why nothing of a file can be read.
pub fn refused(refused: Refused) -> &'static str {
    match refused {
        Refused::TooLarge => "This file is larger than 16 MiB. Please split it.",
        Refused::TooManyCollections => {
            "This file holds more than 10,000 collections. Please split it."
        }
        Refused::NotText => {
            "This is not a text file in UTF-8. Please save it as CSV or text in UTF-8 and try again."
        }
        Refused::NotCollections => "This file is not JSON with collections in it.",
    }
}

/// About the signatures in the files of GN2.
pub fn signed(n: usize) -> String {
    let signatures = count(n as u64, "signature", "signatures");
    let were = if n == 1 { "was" } else { "were" };
    format!("{signatures} of GeneNetwork 2 {were} taken off; they are no part of a trait.")
}
