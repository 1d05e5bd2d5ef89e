//! A value of `collections` or `collections2`: one owner's list.

use super::entry::{self, ParsedCollection, UnreadableCollection};
use crate::raw_json::{InvalidList, split_array};

/// An owner's list, its entries in stored order.
#[derive(Debug, Clone, Default)]
pub struct StoredList<'a> {
    /// The entries, readable or not.
    pub entries: Vec<StoredEntry<'a>>,
}

/// An entry of a list.
#[derive(Debug, Clone)]
pub struct StoredEntry<'a> {
    /// The text as stored. An entry that is not transferred is written back exactly so.
    pub raw: &'a str,
    /// The collection, or the reason why there is none.
    pub collection: Result<ParsedCollection<'a>, UnreadableCollection>,
}

/// A value that is not a list. It stays as it is, byte for byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stored list cannot be read: {0}")]
pub struct UnreadableList(#[from] pub InvalidList);

impl<'a> StoredList<'a> {
    /// Reads a value. An absent value, an empty text and `null` are an empty list.
    ///
    /// # Errors
    /// [`UnreadableList`] when the value is no list. Single broken entries are no error.
    pub fn read(value: Option<&'a [u8]>) -> Result<Self, UnreadableList> {
        let value = value.unwrap_or_default();
        if matches!(value.trim_ascii(), b"" | b"null") {
            return Ok(Self::default());
        }
        let entries = split_array(value)?.into_iter().map(|raw| StoredEntry {
            raw,
            collection: entry::read(raw),
        });
        Ok(Self {
            entries: entries.collect(),
        })
    }

    /// The readable collections of the list.
    pub fn collections(&self) -> impl Iterator<Item = &ParsedCollection<'a>> {
        let entries = self.entries.iter();
        entries.filter_map(|entry| entry.collection.as_ref().ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_value_is_an_empty_list() {
        for value in [None, Some(&b""[..]), Some(b"null"), Some(b" [] ")] {
            assert!(StoredList::read(value).expect("a list").entries.is_empty());
        }
    }

    #[test]
    fn broken_entry_does_not_affect_other_entries() {
        let list = br#"[null, {"name": "n", "members": []}, {"a": NaN}]"#;
        let list = StoredList::read(Some(list)).expect("a list");
        let readable: Vec<bool> = list
            .entries
            .iter()
            .map(|entry| entry.collection.is_ok())
            .collect();
        assert_eq!(readable, [false, true, false]);
        assert_eq!(list.entries[0].raw, "null");
    }

    #[test]
    fn value_that_is_no_list_is_refused() {
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
