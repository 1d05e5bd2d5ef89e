//! Tables whose header names a column with traits, and usually one with datasets, in any order and
//! with any separator.

use super::formula::unescape_formula;

/// The names of columns with ids of traits, the most certain first.
const TRAITS: [&str; 7] = [
    "recordid",
    "record",
    "traitid",
    "trait",
    "traits",
    "traitname",
    "name",
];

/// The names of columns with datasets.
const DATASETS: [&str; 3] = ["dataset", "datasetname", "database"];

/// The longest line that is taken for a header, in bytes.
const MAX_HEADER: usize = 2_000;

/// The characters between cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Separator {
    Character(char),
    WhiteSpace,
}

/// The columns of a table that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    separator: Separator,
    id: usize,
    dataset: Option<usize>,
}

/// A first row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Header {
    /// The rows below it hold traits.
    Traits(Columns),
    /// The rows below it hold the values of one trait, as GN2's page of a trait exports them.
    Values,
    /// The title of a list.
    Title,
}

/// The cells of a row that name a trait.
pub(super) struct TraitCells {
    pub(super) id: String,
    /// The dataset, if the row has one.
    pub(super) dataset: Option<String>,
}

/// Returns the kind of header that a line is, if it is one.
pub(super) fn header(line: &str) -> Option<Header> {
    if line.len() > MAX_HEADER || line.contains(':') {
        return None;
    }
    let word = column_name(line);
    if TRAITS.contains(&word.as_str()) {
        return Some(Header::Title);
    }
    let characters = ['\t', ';', ',', '|'].map(Separator::Character);
    let mut separators = characters.into_iter().chain([Separator::WhiteSpace]);
    separators.find_map(|separator| header_with(line, separator))
}

fn header_with(line: &str, separator: Separator) -> Option<Header> {
    // White space separates "Record ID" as well.
    let joined = line.replace(" ID", "ID");
    let is_white_space = separator == Separator::WhiteSpace;
    let cells = separator.cells(if is_white_space { &joined } else { line });
    if cells.len() < 2 {
        return None;
    }
    let names: Vec<String> = cells.iter().map(|cell| column_name(cell)).collect();
    let column = |wanted: &[&str]| {
        let mut wanted = wanted.iter();
        wanted.find_map(|wanted| names.iter().position(|name| name == wanted))
    };
    let id = column(&TRAITS)?;
    let dataset = column(&DATASETS);
    let columns = Columns {
        separator,
        id,
        dataset,
    };
    let has_digits = line.contains(|c: char| c.is_ascii_digit());
    match dataset {
        // Words of a sentence are no header.
        None if is_white_space || has_digits => None,
        None if column(&["value"]).is_some() => Some(Header::Values),
        _ => Some(Header::Traits(columns)),
    }
}

/// Returns the name of a column in lower case, without white space and punctuation.
fn column_name(cell: &str) -> String {
    let letters = cell.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

impl Columns {
    /// Returns all cells of a row.
    pub(super) fn cells(self, line: &str) -> Vec<String> {
        self.separator.cells(line)
    }

    /// Returns the cells that name a trait, or `None` for a row without an id.
    pub(super) fn trait_cells(self, cells: &[String]) -> Option<TraitCells> {
        let cell = |column: usize| {
            let cell = unescape_formula(cells.get(column)?.trim()).into_owned();
            Some(cell).filter(|cell| !cell.is_empty())
        };
        Some(TraitCells {
            id: cell(self.id)?,
            dataset: self.dataset.and_then(cell),
        })
    }
}

impl Separator {
    /// Returns the cells of a line without their quotes.
    fn cells(self, line: &str) -> Vec<String> {
        let Self::Character(separator) = self else {
            return line.split_whitespace().map(str::to_owned).collect();
        };
        let mut cells = Vec::new();
        let mut cell = String::new();
        let mut is_quoted = false;
        let mut characters = line.chars().peekable();
        while let Some(c) = characters.next() {
            if c == '"' && is_quoted {
                is_quoted = characters.next_if_eq(&'"').is_some();
                if is_quoted {
                    cell.push(c);
                }
            } else if c == '"' && cell.trim().is_empty() {
                is_quoted = true;
                cell.clear();
            } else if c == separator && !is_quoted {
                cells.push(std::mem::take(&mut cell));
            } else {
                cell.push(c);
            }
        }
        cells.push(cell);
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(head: &str, row: &str) -> Option<(String, Option<String>)> {
        let Header::Traits(columns) = header(head)? else {
            return None;
        };
        let cells = columns.trait_cells(&columns.cells(row))?;
        Some((cells.id, cells.dataset))
    }

    #[test]
    fn columns_are_found_in_any_order_and_with_any_separator() {
        let expected = Some(("10710".to_owned(), Some("BXDPublish".to_owned())));
        for (head, row) in [
            ("Record\tDataset", "10710\tBXDPublish"),
            ("Dataset;Trait;x", "BXDPublish;10710;"),
            ("Index,Record ID,\"Dataset\"", "1,\"10710\",BXDPublish"),
            ("Name | Dataset", "10710 | BXDPublish"),
            ("Record ID  Dataset", "10710   BXDPublish"),
            (
                "Description,trait_id,Dataset",
                "\"a, \"\"b\"\"\",10710,BXDPublish",
            ),
        ] {
            assert_eq!(pair(head, row), expected, "{head}");
        }
        assert_eq!(pair("Trait,Remark", "1,x"), Some(("1".to_owned(), None)));
        assert_eq!(header("Name,Value,SE,N"), Some(Header::Values));
        assert_eq!(header("Trait"), Some(Header::Title));
        for other in ["a trait of mine", "1_at, 2_at", "Export Row Number 2", ""] {
            assert_eq!(header(other), None, "{other}");
        }
    }
}
