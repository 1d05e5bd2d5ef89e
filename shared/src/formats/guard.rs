//! Cells that a spreadsheet would run as a formula.
//!
//! A cell that begins with `=`, `+`, `-`, `@`, a tab or a line break is run by Excel and `LibreOffice` (OWASP, "CSV
//! Injection"); the full-width forms are, too, in some languages. A `'` before it makes it plain text. Reading takes that
//! `'` away again. `#` is among them because a line that begins with it is a comment in GN2's files, and
//! the byte order mark because it is no part of a text at its beginning.

use std::borrow::Cow;

/// What a cell must not begin with.
const RISKY: [char; 13] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '#', '＝', '＋', '－', '＠', '\u{feff}',
];

/// Whether this is a risky cell, or one with a `'` or several before it: those count too, so that each cell has a
/// written form of its own.
fn is_risky(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(RISKY)
}

/// The cell as it is written.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    if is_risky(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// The cell as it was before [`guarded`].
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_risky(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_neutralised() {
        for cell in ["=1+1", "+1", "-1", "@SUM(1)", "\tx", "\rx", "＝1", "#x"] {
            let written = guarded(cell);
            assert_eq!(written, format!("'{cell}"));
            assert_eq!(unguarded(&written), cell);
        }
        for plain in ["", "a=b", "1-2", "'quoted'", "10710:BXDPublish"] {
            assert_eq!(guarded(plain), plain);
            assert_eq!(unguarded(plain), plain);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn no_two_cells_are_written_alike(cell in "['=#a\t-]{0,6}") {
            let written = guarded(&cell);
            prop_assert_eq!(unguarded(&written), cell.as_str());
            prop_assert!(!written.starts_with(RISKY));
        }
    }
}
