//! Finds the entries of a list whose entries may be broken.

/// The maximum depth of an entry. Python's reader fails on entries that nest deeper.
const MAX_DEPTH: usize = 100;

/// The reason why a text is not a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidList {
    /// The bytes are not UTF-8.
    #[error("it is not UTF-8 text")]
    NotUtf8,
    /// The text does not begin with `[`.
    #[error("it is not a list")]
    NotBracketed,
    /// The text ends before the list does.
    #[error("it is cut off")]
    CutOff,
    /// The text has a wrong bracket, two commas without an entry, or more text after the list.
    #[error("it is not well-formed")]
    Malformed,
    /// An entry nests deeper than readers of this data accept.
    #[error("it is nested too deep")]
    TooDeep,
}

/// Returns the entries of a JSON list as slices of its text, without the white space around them.
///
/// Only brackets and strings are parsed. So an entry that is not JSON (`NaN`, a bare word) does not
/// affect the others.
///
/// # Errors
/// [`InvalidList`] when the text as a whole is not one bracketed list.
pub fn split_array(bytes: &[u8]) -> Result<Vec<&str>, InvalidList> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| InvalidList::NotUtf8)?
        .trim();
    let body = text.strip_prefix('[').ok_or(InvalidList::NotBracketed)?;
    let mut entries = Vec::new();
    let mut open = Vec::new();
    let mut start = 0;
    let mut position = 0;
    let bytes = body.as_bytes();
    while let Some(&byte) = bytes.get(position) {
        match byte {
            b'"' => position = end_of_string(bytes, position).ok_or(InvalidList::CutOff)?,
            b'[' | b'{' if open.len() >= MAX_DEPTH => return Err(InvalidList::TooDeep),
            b'[' => open.push(b']'),
            b'{' => open.push(b'}'),
            b',' if open.is_empty() => {
                entries.push(entry(&body[start..position])?);
                start = position + 1;
            }
            b']' if open.is_empty() => {
                return finish(entries, &body[start..position], &body[position + 1..]);
            }
            b']' | b'}' if open.pop() != Some(byte) => return Err(InvalidList::Malformed),
            _ => {}
        }
        position += 1;
    }
    Err(InvalidList::CutOff)
}

/// Joins entries to a list, with Python's separators.
pub fn join_array<T: AsRef<str>>(entries: impl IntoIterator<Item = T>) -> String {
    let mut list = String::from("[");
    for entry in entries {
        if list.len() > 1 {
            list.push_str(", ");
        }
        list.push_str(entry.as_ref());
    }
    list.push(']');
    list
}

fn entry(text: &str) -> Result<&str, InvalidList> {
    let text = text.trim();
    if text.is_empty() {
        Err(InvalidList::Malformed)
    } else {
        Ok(text)
    }
}

fn finish<'a>(
    mut entries: Vec<&'a str>,
    last: &'a str,
    rest: &str,
) -> Result<Vec<&'a str>, InvalidList> {
    if !rest.is_empty() {
        return Err(InvalidList::Malformed);
    }
    if !(entries.is_empty() && last.trim().is_empty()) {
        entries.push(entry(last)?);
    }
    Ok(entries)
}

/// Returns the position of the quote that closes the string opened at `start`.
fn end_of_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut position = start + 1;
    loop {
        position += memchr::memchr2(b'"', b'\\', bytes.get(position..)?)?;
        match bytes.get(position)? {
            b'"' => return Some(position),
            // An escaped character cannot be the end.
            _ => position += 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn broken_entry_does_not_affect_other_entries() {
        let list = br#" [ {"a": "]}\\\""} , NaN, [1, [2]], oops ] "#;
        assert_eq!(
            split_array(list),
            Ok(vec![r#"{"a": "]}\\\""}"#, "NaN", "[1, [2]]", "oops"])
        );
        assert_eq!(split_array(b"[]"), Ok(vec![]));
        assert_eq!(split_array(b" [ ] "), Ok(vec![]));
    }

    #[test]
    fn text_that_is_not_one_list_is_refused() {
        for (text, expected) in [
            (&b""[..], InvalidList::NotBracketed),
            (b"null", InvalidList::NotBracketed),
            (b"{}", InvalidList::NotBracketed),
            (b"[1, 2", InvalidList::CutOff),
            (b"[\"abc", InvalidList::CutOff),
            (b"[\"abc\\", InvalidList::CutOff),
            (b"[1,]", InvalidList::Malformed),
            (b"[,1]", InvalidList::Malformed),
            (b"[1] [2]", InvalidList::Malformed),
            (b"[{]}]", InvalidList::Malformed),
            (b"[\"\xe9\"]", InvalidList::NotUtf8),
        ] {
            assert_eq!(split_array(text), Err(expected), "{}", text.escape_ascii());
        }
        assert_eq!(
            split_array("[".repeat(10_000).as_bytes()),
            Err(InvalidList::TooDeep)
        );
    }

    proptest! {
        #[test]
        fn splitting_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = split_array(&bytes);
        }

        #[test]
        fn entries_are_those_of_a_json_parser(
            texts in proptest::collection::vec("[\\[\\]{},\"\\\\a:é ]{0,12}", 0..6)
        ) {
            let list = serde_json::to_string(&texts).expect("strings are JSON");
            let entries = split_array(list.as_bytes()).expect("it is a list");
            let parsed: Vec<String> =
                entries.iter().map(|entry| serde_json::from_str(entry).expect("an entry")).collect();
            prop_assert_eq!(parsed, texts);
        }

        #[test]
        fn splitting_reverses_joining(
            texts in proptest::collection::vec("[a-z\\[\\]\"]{0,8}", 0..6)
        ) {
            let entries: Vec<String> =
                texts.iter().map(|text| serde_json::to_string(text).expect("JSON")).collect();
            let joined = join_array(&entries);
            prop_assert_eq!(split_array(joined.as_bytes()).expect("a list"), entries);
        }
    }
}
