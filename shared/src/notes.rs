//! Notes about the origin of collections, which are stored beside the lists: gn-auth drops fields
//! that it does not know from every entry whenever it writes a list.
//!
//! Earlier versions stored a note as a field of the entry. Each of our writes copies the notes that
//! it finds in the list, and an entry that is written anyway loses the field.

use crate::legacy::StoredList;
use std::collections::HashSet;
use uuid::Uuid;

/// A note to be stored beside a list, in the same commit as the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteWrite {
    /// The collection.
    pub collection: Uuid,
    /// The note.
    pub note: String,
    /// Whether the note replaces a stored one. It does for a collection that is new in the list.
    pub replaces: bool,
}

/// Returns the notes in the entries of a list, to be stored unless the collection has a stored note
/// already. The collections `except` are left out. Of several entries with the same id the first
/// one counts, which is also the one that is shown.
pub fn notes_in_entries(list: &StoredList<'_>, except: &[Uuid]) -> Vec<NoteWrite> {
    let mut seen: HashSet<Uuid> = except.iter().copied().collect();
    let collections = list.collections();
    let notes = collections.filter_map(|collection| {
        let id = collection.id.filter(|id| seen.insert(*id))?;
        Some(NoteWrite {
            collection: id,
            note: collection.note()?,
            replaces: false,
        })
    });
    notes.collect()
}

/// Returns the note to store for a collection that has a `stored` note and one in its entry, or
/// `None` if they are the same.
pub fn joined(stored: Option<&str>, in_entry: &str) -> Option<String> {
    match stored {
        None => Some(in_entry.to_owned()),
        Some(stored) if stored == in_entry => None,
        Some(stored) => Some(format!("{stored}\n{in_entry}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_entry_of_an_id_counts() {
        let id = |n: u128| Uuid::from_u128(n);
        let entry = |id: Uuid, note: &str| format!(r#"{{"id": "{id}", "members": []{note}}}"#);
        let list = format!(
            "[{}, {}, {}, {}, {}, 7]",
            entry(id(1), r#", "note": "one""#),
            entry(id(1), r#", "note": "another""#),
            entry(id(2), r#", "note": "two""#),
            entry(id(3), ""),
            entry(id(4), r#", "note": 4"#),
        );
        let list = StoredList::read(Some(list.as_bytes())).expect("a list");
        let notes = |except| {
            let notes = notes_in_entries(&list, except).into_iter();
            let notes = notes.map(|write| (write.collection, write.note));
            notes.collect::<Vec<_>>()
        };
        let (one, two) = ((id(1), "one".to_owned()), (id(2), "two".to_owned()));
        assert_eq!(notes(&[]), [one.clone(), two]);
        assert_eq!(notes(&[id(2)]), [one]);
    }

    #[test]
    fn joined_note_contains_both() {
        assert_eq!(joined(None, "a").as_deref(), Some("a"));
        assert_eq!(joined(Some("a"), "a"), None);
        assert_eq!(joined(Some("b"), "a").as_deref(), Some("b\na"));
    }
}
