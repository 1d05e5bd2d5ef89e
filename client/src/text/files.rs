//! Import and export of files.

use super::editing::edit_error;
use super::errors::NoticeText;
use super::format::{collections, count, short};
use crate::hooks::{EditError, ReadError};
use shared::formats::{FileError, Format};

pub const OR_FILES: &str = "Or choose files, or drop them here";
pub const PASTED: &str = "Pasted text";
pub const READING: &str = "Reading";
pub const NOT_READ: &str = "This could not be read, because part of this page could not be loaded. Nothing was lost. Check your connection and try again. If that does not help, reload the page: there may be a newer version.";
pub const RETRY: &str = "Try again";
pub const CLEAR: &str = "Clear";

pub const EXPORT: &str = "Export";
pub const FORMAT: &str = "Format";
pub const DOWNLOAD: &str = "Download";
pub const COPY: &str = "Copy";
pub const WORKING: &str = "Working…";
pub const COPIED: &str = "Copied.";
pub const NOT_COPIED: &str = "Your browser does not allow copying. Please download the file.";
pub const NOT_SAVED: &str = "Your browser does not allow saving files. Please copy instead.";
pub const EXPORT_FILE_NAME: &str = "genenetwork-collections";
pub const IMPORT: &str = "Import a file";
pub const SAME_NAME: &str = "name already exists";
pub const FILE: &str = "File";
pub const FILE_HINT: &str = "GeneNetwork 2’s export (CSV), a table or workbook (TSV, XLSX, ODS), JSON, GMT, or a list of traits. Choose it, or drop it here.";
pub const WINDOWS_1252: &str =
    "This file is not UTF-8. It was read as Windows-1252; please check names with special letters.";

pub fn downloaded(name: &str) -> String {
    format!("Downloaded {name}.")
}

pub fn export_title(n: usize) -> String {
    if n == 1 {
        "Export this collection".to_owned()
    } else {
        "Export collections".to_owned()
    }
}

pub fn export_selected(n: usize) -> String {
    format!("Export {}", collections(n as u64))
}

pub fn format_name(format: Format) -> &'static str {
    match format {
        Format::Gn2Csv => "GeneNetwork 2 (CSV)",
        Format::Tsv => "Table (TSV)",
        Format::Json => "Everything (JSON)",
        Format::Gmt => "Gene sets (GMT)",
    }
}

pub fn format_hint(format: Format, several: bool) -> &'static str {
    match format {
        Format::Gn2Csv if several => "as GeneNetwork 2 exports; it reads several as one collection",
        Format::Gn2Csv => "as GeneNetwork 2 exports a collection",
        Format::Tsv => "a row for each trait, for spreadsheets and scripts",
        Format::Json => "names, notes, dates and traits, to keep or to move",
        Format::Gmt => "a line for each collection, for enrichment analysis",
    }
}

pub fn contents_error(error: &ReadError) -> String {
    match error {
        ReadError::Unreadable(name, error) => {
            let why = edit_error(error).one_line();
            format!("“{}” could not be read. {why}", short(name))
        }
        ReadError::WorkerUnavailable => NOT_READ.to_owned(),
        ReadError::TooMany => "At most 64 collections can be compared at once.".to_owned(),
    }
}

pub fn import_progress(kept: usize) -> String {
    format!("{} saved …", collections(kept as u64))
}

pub fn import_button(n: usize) -> String {
    format!("Import {}", collections(n as u64))
}

pub fn imported_message(n: usize, in_account: bool, stored: bool) -> String {
    let outcome = match (in_account, stored) {
        (true, _) => "imported and saved in your account",
        (false, true) => "imported and saved in this browser",
        (false, false) => "imported, but not saved yet",
    };
    format!("{} {outcome}.", collections(n as u64))
}

pub fn import_stopped(left: usize) -> String {
    format!(
        " It was stopped: {} left out.",
        count(left as u64, "collection was", "collections were")
    )
}

pub fn import_failure(kept: &str, why: &EditError) -> NoticeText {
    let mut words = edit_error(why);
    if !kept.is_empty() {
        words.body = [&words.body, " ", kept, " The others are still ticked."].concat();
    }
    words
}

pub fn file_error(refused: FileError) -> &'static str {
    match refused {
        FileError::TooLarge => "This file is larger than 16 MiB. Please split it.",
        FileError::TooManyCollections => {
            "This file holds more than 10,000 collections. Please split it."
        }
        FileError::NotText => {
            "This is neither a text file nor a workbook. Please save it as CSV or text and try again."
        }
        FileError::UnreadableWorkbook => {
            "This workbook could not be opened. It may be damaged or have a password."
        }
        FileError::NotAList => {
            "This is a web page, not a list of traits. Nothing was taken from it."
        }
        FileError::NoTraits => {
            "This file holds gene symbols, not GeneNetwork traits. A trait is written as trait:dataset."
        }
        FileError::Empty => "There are no traits in this file.",
        FileError::NotCollections => "This file is not JSON with collections in it.",
    }
}

pub fn signatures_removed(n: usize) -> String {
    let signatures = count(n as u64, "signature", "signatures");
    let were = if n == 1 { "was" } else { "were" };
    format!("{signatures} of GeneNetwork 2 {were} removed; they are not part of a trait.")
}

pub fn empty_left_out(n: usize) -> String {
    let were = if n == 1 { "was" } else { "were" };
    format!("{} without traits {were} left out.", collections(n as u64))
}
