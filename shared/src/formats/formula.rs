//! Text that a spreadsheet would run as a formula.
//!
//! Excel and `LibreOffice` run a cell that begins with `=`, `+`, `-`, `@`, a tab or a line break
//! (OWASP, "CSV Injection"), and in some languages with their full-width forms. Depending on their
//! settings, they begin a new cell also behind a comma, a semicolon, a tab, a quote or a line break
//! within a text. A `'` before such a text makes it plain. Reading removes that `'`. At the
//! beginning of a cell `#` is escaped as well because it begins a comment in GN2's files, and the
//! byte order mark because it is no part of a text at its beginning.

use std::borrow::Cow;

/// The characters that begin a formula.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The other characters that a cell must not begin with.
const RISKY_FIRST: [char; 5] = ['\t', '\r', '\n', '#', '\u{feff}'];

/// The characters behind which a spreadsheet may begin a new cell.
const SEPARATORS: [char; 6] = [',', ';', '\t', '\r', '\n', '"'];

/// Whether a text begins with one of these characters, or has one behind one or more `'`. The
/// latter counts too, so that each text has a written form of its own.
fn begins_with(text: &str, risky: &[char]) -> bool {
    text.trim_start_matches('\'').starts_with(risky)
}

fn is_risky_cell(cell: &str) -> bool {
    begins_with(cell, &FORMULA) || begins_with(cell, &RISKY_FIRST)
}

/// Returns the cell as it is written.
pub fn escape_formula(cell: &str) -> Cow<'_, str> {
    let inner = escape_within(cell);
    if is_risky_cell(cell) {
        Cow::Owned(format!("'{inner}"))
    } else {
        inner
    }
}

/// Returns the cell as it was before [`escape_formula`].
pub fn unescape_formula(cell: &str) -> Cow<'_, str> {
    match cell.strip_prefix('\'') {
        Some(rest) if is_risky_cell(rest) => unescape_within(rest),
        _ => unescape_within(cell),
    }
}

/// Returns a text that does not begin a cell as it is written.
pub(super) fn escape_within(text: &str) -> Cow<'_, str> {
    rewrite(text, |rest| {
        begins_with(rest, &FORMULA).then_some(("'", rest))
    })
}

/// Returns the text as it was before [`escape_within`].
pub(super) fn unescape_within(text: &str) -> Cow<'_, str> {
    rewrite(text, |rest| {
        let rest = rest.strip_prefix('\'')?;
        begins_with(rest, &FORMULA).then_some(("", rest))
    })
}

/// Rewrites the beginning of each part behind a separator, if `change` returns something else and
/// the text behind it.
fn rewrite(text: &str, change: impl Fn(&str) -> Option<(&str, &str)>) -> Cow<'_, str> {
    let mut rewritten = String::new();
    let mut rest = text;
    let mut copied = 0;
    while let Some(position) = rest.find(SEPARATORS) {
        // Every separator is one byte long.
        rest = &rest[position + 1..];
        if let Some((instead, behind)) = change(rest) {
            let end = text.len() - rest.len();
            rewritten.push_str(&text[copied..end]);
            rewritten.push_str(instead);
            rest = behind;
            copied = text.len() - rest.len();
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    rewritten.push_str(&text[copied..]);
    Cow::Owned(rewritten)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn risky_cells_are_escaped() {
        for cell in ["=1+1", "+1", "-1", "@SUM(1)", "\tx", "\rx", "＝1", "#x"] {
            let written = escape_formula(cell);
            assert_eq!(written, format!("'{cell}"));
            assert_eq!(unescape_formula(&written), cell);
        }
        for plain in [
            "",
            "a=b",
            "1-2",
            "'quoted'",
            "10710:BXDPublish",
            "a, -b",
            "a;b",
            "\"a\" =1",
        ] {
            assert_eq!(escape_formula(plain), plain);
            assert_eq!(unescape_formula(plain), plain);
        }
    }

    #[test]
    fn formulas_behind_separators_are_escaped() {
        for (cell, expected) in [
            ("a;=1+1", "a;'=1+1"),
            ("a,@x;-1", "a,'@x;'-1"),
            ("a\t+1", "a\t'+1"),
            ("a\n=1", "a\n'=1"),
            ("\"=1", "\"'=1"),
            ("a;'=1", "a;''=1"),
            ("=1;＝1", "'=1;'＝1"),
        ] {
            assert_eq!(escape_formula(cell), expected);
            assert_eq!(unescape_formula(expected), cell);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn escaping_is_reversible(cell in "['=#a\t;,\"-]{0,8}") {
            let written = escape_formula(&cell);
            prop_assert_eq!(unescape_formula(&written), cell.as_str());
            prop_assert!(!written.starts_with(FORMULA) && !written.starts_with(RISKY_FIRST));
            for part in written.split(SEPARATORS).skip(1) {
                prop_assert!(!part.starts_with(FORMULA), "{}", written);
            }
        }
    }
}
