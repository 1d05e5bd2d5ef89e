//! Finding the entries of a list whose entries may be broken.

/// How deep an entry may nest: deeper ones are left alone, because Python's reader gives up on them.
const MAX_DEPTH: usize = 100;

/// Why a text cannot be cut into entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAList {
    /// The bytes are not UTF-8.
    #[error("it is not UTF-8 text")]
    NotUtf8,
    /// The text does not begin with `[`.
    #[error("it is not a list")]
    NotBracketed,
    /// The text ends before the list does.
    #[error("it is cut off")]
    CutOff,
    /// There is text behind the list, a closing bracket of the wrong kind, or nothing between two commas.
    #[error("it is not well-formed")]
    Malformed,
    /// An entry nests deeper than any reader of this data follows.
    #[error("it is nested too deep")]
    TooDeep,
}

/// The entries of a JSON list as slices of its text, without the white space around them.
///
/// Only brackets and strings are looked at. So one entry that is not JSON (`NaN`, a bare word) does
/// not take the others with it; whether an entry can be read is found out entry by entry.
///
/// # Errors
/// [`NotAList`] when the text as a whole is not one bracketed list.
pub fn split_array(bytes: &[u8]) -> Result<Vec<&str>, NotAList> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| NotAList::NotUtf8)?
        .trim();
    let body = text.strip_prefix('[').ok_or(NotAList::NotBracketed)?;
    let mut entries = Vec::new();
    let mut open = Vec::new();
    let mut start = 0;
    let mut position = 0;
    let bytes = body.as_bytes();
    while let Some(&byte) = bytes.get(position) {
        match byte {
            b'"' => position = end_of_string(bytes, position).ok_or(NotAList::CutOff)?,
            b'[' | b'{' if open.len() >= MAX_DEPTH => return Err(NotAList::TooDeep),
            b'[' => open.push(b']'),
            b'{' => open.push(b'}'),
            b',' if open.is_empty() => {
                entries.push(entry(&body[start..position])?);
                start = position + 1;
            }
            b']' if open.is_empty() => {
                return finish(entries, &body[start..position], &body[position + 1..]);
            }
            b']' | b'}' if open.pop() != Some(byte) => return Err(NotAList::Malformed),
            _ => {}
        }
        position += 1;
    }
    Err(NotAList::CutOff)
}

/// Puts entries together again, with the separators that Python writes.
pub fn join_array<T: AsRef<str>>(entries: impl IntoIterator<Item = T>) -> String {
    let entries: Vec<T> = entries.into_iter().collect();
    let bytes: usize = entries.iter().map(|entry| entry.as_ref().len() + 2).sum();
    let mut list = String::with_capacity(bytes + 2);
    list.push('[');
    for (position, entry) in entries.iter().enumerate() {
        if position > 0 {
            list.push_str(", ");
        }
        list.push_str(entry.as_ref());
    }
    list.push(']');
    list
}

fn entry(text: &str) -> Result<&str, NotAList> {
    let text = text.trim();
    if text.is_empty() {
        Err(NotAList::Malformed)
    } else {
        Ok(text)
    }
}

fn finish<'a>(
    mut entries: Vec<&'a str>,
    last: &'a str,
    rest: &str,
) -> Result<Vec<&'a str>, NotAList> {
    if !rest.is_empty() {
        return Err(NotAList::Malformed);
    }
    if !(entries.is_empty() && last.trim().is_empty()) {
        entries.push(entry(last)?);
    }
    Ok(entries)
}

/// Position of the quote that closes the string opened at `start`.
fn end_of_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut position = start + 1;
    loop {
        position += memchr::memchr2(b'"', b'\\', bytes.get(position..)?)?;
        match bytes.get(position)? {
            b'"' => return Some(position),
            // What it escapes cannot be the end.
            _ => position += 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_broken_entry_does_not_take_the_others_with_it() {
        let list = br#" [ {"a": "]}\\\""} , NaN, [1, [2]], oops ] "#;
        assert_eq!(
            split_array(list),
            Ok(vec![r#"{"a": "]}\\\""}"#, "NaN", "[1, [2]]", "oops"])
        );
        assert_eq!(split_array(b"[]"), Ok(vec![]));
        assert_eq!(split_array(b" [ ] "), Ok(vec![]));
    }

    #[test]
    fn a_text_that_is_not_one_list_is_refused() {
        for (text, expected) in [
            (&b""[..], NotAList::NotBracketed),
            (b"null", NotAList::NotBracketed),
            (b"{}", NotAList::NotBracketed),
            (b"[1, 2", NotAList::CutOff),
            (b"[\"abc", NotAList::CutOff),
            (b"[\"abc\\", NotAList::CutOff),
            (b"[1,]", NotAList::Malformed),
            (b"[,1]", NotAList::Malformed),
            (b"[1] [2]", NotAList::Malformed),
            (b"[{]}]", NotAList::Malformed),
            (b"[\"\xe9\"]", NotAList::NotUtf8),
        ] {
            assert_eq!(split_array(text), Err(expected), "{}", text.escape_ascii());
        }
        assert_eq!(
            split_array("[".repeat(10_000).as_bytes()),
            Err(NotAList::TooDeep)
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = split_array(&bytes);
        }

        #[test]
        fn json_lists_are_cut_where_a_json_parser_cuts_them(
            texts in proptest::collection::vec("[\\[\\]{},\"\\\\a:é ]{0,12}", 0..6)
        ) {
            let list = serde_json::to_string(&texts).expect("strings are JSON");
            let cut = split_array(list.as_bytes()).expect("it is a list");
            let parsed: Vec<String> =
                cut.iter().map(|entry| serde_json::from_str(entry).expect("an entry")).collect();
            prop_assert_eq!(parsed, texts);
        }

        #[test]
        fn splitting_what_was_joined_gives_the_same_entries(
            texts in proptest::collection::vec("[a-z\\[\\]\"]{0,8}", 0..6)
        ) {
            let entries: Vec<String> =
                texts.iter().map(|text| serde_json::to_string(text).expect("JSON")).collect();
            let joined = join_array(&entries);
            prop_assert_eq!(split_array(joined.as_bytes()).expect("a list"), entries);
        }
    }
}
