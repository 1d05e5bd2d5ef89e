//! Tabs and line breaks within the cells of tab-separated files: `\t`, `\n`, `\r` and `\\`, as in
//! the Linear TSV of the Frictionless Data specifications.

use super::formula::{escape_formula, unescape_formula};
use std::borrow::Cow;

/// Escapes a cell.
pub(super) fn escape(cell: &str) -> String {
    let mut escaped = String::with_capacity(cell.len());
    for c in escape_formula(cell).chars() {
        match c {
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\\' => escaped.push_str("\\\\"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Returns the cell as it was before [`escape`]. A backslash before another character stands for
/// itself, because other programs do not escape.
pub(super) fn unescape(escaped: &str) -> Cow<'_, str> {
    if !escaped.contains('\\') {
        return unescape_formula(escaped);
    }
    let mut cell = String::with_capacity(escaped.len());
    let mut characters = escaped.chars().peekable();
    while let Some(c) = characters.next() {
        let meaning = match characters.peek() {
            Some('t') => '\t',
            Some('n') => '\n',
            Some('r') => '\r',
            _ => '\\',
        };
        if c == '\\' {
            cell.push(meaning);
            characters.next_if(|next| matches!(next, 't' | 'n' | 'r' | '\\'));
        } else {
            cell.push(c);
        }
    }
    Cow::Owned(unescape_formula(&cell).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaping_is_reversible() {
        for cell in ["a\tb", "\\t", "\\", "=x\n", "\t", "C:\\new", ""] {
            let escaped = escape(cell);
            assert!(!escaped.contains(['\t', '\n', '\r']), "{escaped}");
            assert_eq!(unescape(&escaped), cell);
        }
        assert_eq!(unescape("a\\x\\"), "a\\x\\");
    }
}
