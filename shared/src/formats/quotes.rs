//! Quotes around the cells of CSV and TSV.

use std::borrow::Cow;

/// The characters that need quotes. GN2's CSV has one column and its rows end in line breaks, but a
/// spreadsheet may also split at semicolons and tabs.
const QUOTED: [char; 6] = ['"', ',', ';', '\t', '\r', '\n'];

/// Returns a cell as it is written.
pub(super) fn quote(cell: &str) -> Cow<'_, str> {
    if cell.contains(QUOTED) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Returns a cell without its quotes, if it has any.
pub(super) fn unquote(cell: &str) -> Cow<'_, str> {
    let inner = cell.trim().strip_prefix('"');
    match inner.and_then(|inner| inner.strip_suffix('"')) {
        Some(inner) => Cow::Owned(inner.replace("\"\"", "\"")),
        None => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_with_separators_are_quoted() {
        for (cell, expected) in [
            ("a", "a"),
            ("", ""),
            ("a;b", "\"a;b\""),
            ("a\tb", "\"a\tb\""),
            ("a,b", "\"a,b\""),
            ("\"", "\"\"\"\""),
        ] {
            assert_eq!(quote(cell), expected);
            assert_eq!(unquote(expected), cell);
        }
        assert_eq!(unquote("\"open"), "\"open");
    }
}
