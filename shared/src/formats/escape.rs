//! Tabs and line breaks within the cells of tab-separated files: `\t`, `\n`, `\r` and `\\`, as the Linear TSV of the
//! Frictionless Data specifications writes them. Neither TSV nor GMT has quotes.

use super::guard::{guarded, unguarded};
use std::borrow::Cow;

/// Appends a cell.
pub(super) fn push(cell: &str, line: &mut String) {
    for c in guarded(cell).chars() {
        match c {
            '\t' => line.push_str("\\t"),
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\\' => line.push_str("\\\\"),
            c => line.push(c),
        }
    }
}

/// The cell that was written. A backslash before anything else stands for itself: other programs do not escape.
pub(super) fn cell(written: &str) -> Cow<'_, str> {
    if !written.contains('\\') {
        return Cow::Borrowed(unguarded(written));
    }
    let mut text = String::with_capacity(written.len());
    let mut rest = written.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        let mut after = rest.clone();
        match after.next() {
            Some('t') => text.push('\t'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('\\') => text.push('\\'),
            _ => {
                text.push('\\');
                continue;
            }
        }
        rest = after;
    }
    Cow::Owned(unguarded(&text).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_comes_back() {
        for cell_text in ["a\tb", "\\t", "\\", "=x\n", "\t", "C:\\new", ""] {
            let mut line = String::new();
            push(cell_text, &mut line);
            assert!(!line.contains(['\t', '\n', '\r']), "{line}");
            assert_eq!(cell(&line), cell_text);
        }
        assert_eq!(cell("a\\x\\"), "a\\x\\");
    }
}
