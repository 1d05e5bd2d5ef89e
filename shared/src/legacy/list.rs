//! A value of `collections` or `collections2`: one owner's list.

use super::entry::{self, ReadCollection, Unreadable};
use crate::parallel;
use crate::raw_json::{NotAList, split_array};

/// One owner's list, its entries in stored order.
#[derive(Debug, Clone, Default)]
pub struct StoredList<'a> {
    /// Each entry's text and what it says.
    pub entries: Vec<StoredEntry<'a>>,
}

/// One entry of a list.
#[derive(Debug, Clone)]
pub struct StoredEntry<'a> {
    /// The text as stored: what is not transferred is written again exactly so.
    pub raw: &'a str,
    /// The collection, or why there is none.
    pub collection: Result<ReadCollection<'a>, Unreadable>,
}

/// A value that is no list at all. It stays as it is, byte for byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stored list cannot be read: {0}")]
pub struct UnreadableList(#[from] pub NotAList);

impl<'a> StoredList<'a> {
    /// Reads a value; nothing there, an empty text and `null` are an empty list.
    ///
    /// # Errors
    /// [`UnreadableList`] when the value is no list; single broken entries are no error.
    pub fn read(value: Option<&'a [u8]>) -> Result<Self, UnreadableList> {
        let value = value.unwrap_or_default();
        if matches!(value.trim_ascii(), b"" | b"null") {
            return Ok(Self::default());
        }
        let entries = parallel::map(&split_array(value)?, value.len(), |_, raw| StoredEntry {
            raw,
            collection: entry::read(raw),
        });
        Ok(Self { entries })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_there_is_an_empty_list() {
        for value in [None, Some(&b""[..]), Some(b"null"), Some(b" [] ")] {
            assert!(StoredList::read(value).expect("a list").entries.is_empty());
        }
    }

    #[test]
    fn a_broken_entry_concerns_only_itself() {
        let list = br#"[null, {"name": "n", "members": []}, {"a": NaN}]"#;
        let list = StoredList::read(Some(list)).expect("a list");
        let sound: Vec<bool> = list
            .entries
            .iter()
            .map(|entry| entry.collection.is_ok())
            .collect();
        assert_eq!(sound, [false, true, false]);
        assert_eq!(list.entries[0].raw, "null");
    }

    #[test]
    fn another_value_is_refused_whole() {
        for value in [
            &b"oops"[..],
            b"{\"id\": 1}",
            b"[{\"id\": \"3333",
            b"[\"\xe9\"]",
        ] {
            assert!(
                StoredList::read(Some(value)).is_err(),
                "{}",
                value.escape_ascii()
            );
        }
    }
}
