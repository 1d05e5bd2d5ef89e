//! Opens the workbooks of Excel and `LibreOffice`. What their sheets hold is read by
//! [`shared::formats::workbook`].

use calamine::{Data, Ods, Range, Reader, Xlsx};
use shared::formats::detect::{MAX_BYTES, with_members};
use shared::formats::workbook::{self, Sheet};
use shared::formats::{FileError, ParsedFile};
use std::io::Cursor;

/// The beginning of a ZIP archive, which `.xlsx` and `.ods` are.
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// The most cells that a sheet may span. A single cell far away makes a sheet that is all but
/// empty, but as large as the memory.
const MAX_CELLS: usize = 20_000_000;

pub(crate) fn is_workbook(content: &[u8]) -> bool {
    content.starts_with(ARCHIVE)
}

/// Reads each sheet as a collection. Ids without a dataset belong to the default `dataset`.
pub(crate) fn read(content: Vec<u8>, dataset: &str) -> Result<ParsedFile, FileError> {
    if content.len() > MAX_BYTES as usize {
        return Err(FileError::TooLarge);
    }
    let content = Cursor::new(content);
    let ranges = match Xlsx::new(content.clone()) {
        Ok(mut book) => book.worksheets(),
        Err(_) => match Ods::new(content) {
            Ok(mut book) => book.worksheets(),
            Err(_) => return Err(FileError::UnreadableWorkbook),
        },
    };
    let sheets: Option<Vec<Sheet>> = ranges.into_iter().map(sheet).collect();
    let sheets = sheets.ok_or(FileError::TooLarge)?;
    with_members(workbook::read(&sheets, dataset))
}

/// Returns the texts of a sheet, or `None` for one that is too large.
fn sheet((name, range): (String, Range<Data>)) -> Option<Sheet> {
    let (height, width) = range.get_size();
    if height.saturating_mul(width) > MAX_CELLS {
        return None;
    }
    // The range begins at the first row that is not empty, but rows are counted from the first.
    let above = range.start().map_or(0, |(row, _)| row as usize);
    let rows = range.rows().map(|row| row.iter().map(text).collect());
    Some(Sheet {
        name,
        rows: std::iter::repeat_n(Vec::new(), above.min(MAX_CELLS))
            .chain(rows)
            .collect(),
    })
}

/// Returns the text that a cell shows. A date is one into which a spreadsheet turned a name.
fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(date) => date.chars().take(10).collect(),
        cell => cell.to_string(),
    }
}
