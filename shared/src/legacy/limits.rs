//! Limits a collection that a browser sent to what a new collection may contain.
//!
//! The browser keeps its collection, so nothing is lost by what is left out here. Lists that GN2 or
//! gn-auth stored are not limited: their collections move as they are.

use super::entry::ParsedCollection;
use super::members;
use crate::api::Repair;
use crate::edit::check::{MAX_CHARACTERS, MAX_NOTE, is_longer_than, is_showable};

impl ParsedCollection<'_> {
    /// Takes out the members that GeneNetwork cannot show, trims the name, and shortens a name or a
    /// note that is too long. Each is a repair.
    pub fn limit(&mut self) {
        let count = self.members.len();
        self.members.retain(|member| is_showable(member.text()));
        if self.members.len() < count {
            self.excluded_members = (count - self.members.len()) as u64;
            self.members_hash = members::hash(&self.members);
            self.repairs.extend([Repair::Members, Repair::NumMembers]);
        }
        let name = shortened(self.name.trim(), MAX_CHARACTERS);
        if name != self.name {
            self.name = name.trim_end().to_owned();
            self.repairs.push(Repair::Name);
        }
        let note = self.note();
        if let Some(note) = note.filter(|note| is_longer_than(note, MAX_NOTE)) {
            let note = serde_json::Value::from(shortened(&note, MAX_NOTE));
            self.object.set("note", note.to_string());
            self.repairs.push(Repair::Note);
        }
        self.repairs.sort_unstable();
        self.repairs.dedup();
    }
}

/// Returns the beginning of a text, at most `limit` characters long.
fn shortened(text: &str, limit: usize) -> &str {
    let end = text.char_indices().nth(limit).map(|(end, _)| end);
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::super::entry::read;
    use super::super::write::WriteOptions;
    use super::*;
    use crate::timestamp::Timestamp;
    use uuid::Uuid;

    #[test]
    fn limited_collection_is_what_a_new_one_may_be() {
        let (name, note) = ("é".repeat(600), "n".repeat(2_001));
        let raw = serde_json::json!({
            "id": Uuid::nil(), "name": format!(" {name}"), "note": note, "num_members": 4,
            "created": "Nov 12 2019 03:27PM", "changed": "Nov 12 2019 03:27PM",
            "members": ["a:b", "PC1", "c:d:Temp", "e f:g"],
        });
        let raw = raw.to_string();
        let mut collection = read(&raw).expect("a collection");
        collection.limit();
        assert_eq!(collection.excluded_members, 3);
        assert_eq!(
            collection.repairs,
            [
                Repair::Name,
                Repair::NumMembers,
                Repair::Members,
                Repair::Note
            ]
        );
        assert_eq!(collection.note().map(|note| note.len()), Some(2_000));
        let written = collection.write(WriteOptions {
            id: Uuid::nil(),
            new_name: None,
            now: Timestamp::EPOCH,
        });
        let written = read(&written).expect("a collection");
        assert_eq!(written.name, "é".repeat(500));
        assert_eq!(written.members_hash, collection.members_hash);
        assert_eq!(written.members.len(), 1);
        assert!(written.repairs.is_empty() && written.note().is_none());
    }

    #[test]
    fn valid_collection_stays_as_it_is() {
        let raw = r#"{"id": "33333333-3333-4333-8333-333333333333", "name": "n", "created": "Nov 12 2019 03:27PM", "changed": "Nov 12 2019 03:27PM", "num_members": 1, "members": ["a:b"]}"#;
        let mut collection = read(raw).expect("a collection");
        collection.limit();
        assert_eq!(
            (collection.repairs, collection.excluded_members),
            (vec![], 0)
        );
    }
}
