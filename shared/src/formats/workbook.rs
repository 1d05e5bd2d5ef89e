//! The sheets of a spreadsheet. Another crate opens the workbook; here its cells are texts.

use super::file::{FileCollection, ParsedFile};
use super::pasted::{PastedTraits, Reader};
use super::report::Report;

/// The names that spreadsheets give to sheets, without their numbers.
const USUAL_NAMES: [&str; 6] = ["Sheet", "Tabelle", "Feuil", "Hoja", "Foglio", "Planilha"];

/// A sheet of a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The name of the sheet.
    pub name: String,
    /// The texts of the cells of each row, from the first row of the sheet.
    pub rows: Vec<Vec<String>>,
}

/// Reads each sheet as a collection. Ids without a dataset belong to the default `dataset`.
pub fn read(sheets: &[Sheet], dataset: &str) -> ParsedFile {
    let mut file = ParsedFile::default();
    for sheet in sheets {
        let PastedTraits { new, report } = read_sheet(sheet, dataset);
        file.report.add(report);
        file.collections.push(FileCollection {
            name: collection_name(&sheet.name),
            members: new,
            ..FileCollection::default()
        });
    }
    file
}

fn read_sheet(sheet: &Sheet, dataset: &str) -> PastedTraits {
    let mut reader = Reader::default();
    reader.default_dataset(dataset);
    for row in &sheet.rows {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| cell.replace(['\t', '\r', '\n'], " "))
            .collect();
        reader.line(&cells.join("\t"));
    }
    reader.done()
}

/// Returns the name of a sheet, or nothing for one that the spreadsheet gave.
fn collection_name(sheet: &str) -> String {
    let is_usual = USUAL_NAMES.iter().any(|usual| {
        let number = sheet.strip_prefix(usual).map(str::trim);
        number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    });
    if is_usual {
        String::new()
    } else {
        sheet.to_owned()
    }
}

impl Report {
    /// Adds the report of another part of the same file.
    fn add(&mut self, part: Report) {
        self.accepted += part.accepted;
        self.repeated += part.repeated;
        self.signed += part.signed;
        self.bare_ids += part.bare_ids;
        self.malformed += part.malformed;
        let free = super::report::MAX_LISTED - self.listed.len();
        self.listed.extend(part.listed.into_iter().take(free));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sheet_is_a_collection() {
        let sheet = |name: &str, rows: &[&[&str]]| Sheet {
            name: name.to_owned(),
            rows: rows
                .iter()
                .map(|row| row.iter().map(ToString::to_string).collect())
                .collect(),
        };
        let file = read(
            &[
                sheet(
                    "Liver",
                    &[&["Dataset", "Record"], &["D", "1"], &["D", "2-Sep"]],
                ),
                sheet("Sheet2", &[&["Trait"], &["2:D"], &["7"]]),
            ],
            "E",
        );
        let read: Vec<_> = file
            .collections
            .iter()
            .map(|one| (one.name.as_str(), one.members.join(" ")))
            .collect();
        assert_eq!(
            read,
            [("Liver", "1:D".to_owned()), ("", "2:D 7:E".to_owned())]
        );
        assert_eq!((file.report.accepted, file.report.malformed), (3, 1));
        assert_eq!(file.report.listed[0].line, 3);
    }
}
