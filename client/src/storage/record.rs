//! A collection as the browser stores it.

use serde::{Deserialize, Serialize};
use shared::api::LocalCollection;
use shared::history::Content;
use shared::timestamp::Timestamp;
use std::collections::HashSet;
use uuid::Uuid;

/// The number of days for which a deleted collection can be restored.
pub const TRASH_DAYS: i64 = 30;

/// A collection as the database holds it; the key is the id of the collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionRecord {
    #[serde(flatten)]
    pub collection: LocalCollection,
    /// The receipt of the import that copied the collection into an account, if the content is
    /// still the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<Uuid>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted: Option<Timestamp>,
}

impl CollectionRecord {
    pub fn new(id: String, name: &str, members: Vec<String>, now: Timestamp) -> Self {
        let mut record = Self {
            collection: LocalCollection {
                id,
                name: name.trim().to_owned(),
                created: now,
                changed: now,
                members: Vec::new(),
                note: None,
            },
            imported: None,
            deleted: None,
        };
        record.add_members(&members, now);
        record
    }

    pub fn content(&self) -> Content {
        Content {
            name: self.collection.name.clone(),
            members: self.collection.members.clone(),
        }
    }

    pub fn rename(&mut self, name: &str, now: Timestamp) {
        name.trim().clone_into(&mut self.collection.name);
        self.content_changed(now);
    }

    /// Adds members as [`add_members`] does, and returns the number of added members.
    pub fn add_members(&mut self, added: &[String], now: Timestamp) -> u64 {
        let number = add_members(&mut self.collection.members, added);
        if number > 0 {
            self.content_changed(now);
        }
        number
    }

    pub fn remove_members(&mut self, removed: &[String], now: Timestamp) {
        if remove_members(&mut self.collection.members, removed) > 0 {
            self.content_changed(now);
        }
    }

    pub fn replace_content(&mut self, content: Content, now: Timestamp) {
        self.collection.name = content.name;
        self.collection.members = content.members;
        self.content_changed(now);
    }

    /// Whether the collection was deleted more than [`TRASH_DAYS`] ago.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.deleted
            .is_some_and(|deleted| deleted.plus_days(TRASH_DAYS) < now)
    }

    /// Notes a change of the content, which an account can import again.
    fn content_changed(&mut self, now: Timestamp) {
        self.collection.changed = now;
        self.imported = None;
    }
}

/// Adds members at the end, trimmed, without blank ones and repetitions. Returns the number of
/// added members.
pub fn add_members(members: &mut Vec<String>, added: &[String]) -> u64 {
    let mut present: HashSet<&str> = members.iter().map(String::as_str).collect();
    let new: Vec<String> = added
        .iter()
        .map(|member| member.trim())
        .filter(|member| !member.is_empty() && present.insert(member))
        .map(str::to_owned)
        .collect();
    let number = new.len();
    members.extend(new);
    number as u64
}

/// Removes members and returns their number.
pub fn remove_members(members: &mut Vec<String>, removed: &[String]) -> u64 {
    let removed: HashSet<&String> = removed.iter().collect();
    let before = members.len();
    members.retain(|member| !removed.contains(member));
    (before - members.len()) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix(seconds).expect("a point in time")
    }

    fn texts(members: &[&str]) -> Vec<String> {
        members.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn members_are_trimmed_and_added_once_in_their_order() {
        let mut record = CollectionRecord::new(
            "1".into(),
            " Liver ",
            texts(&["b:D", " a:D ", "", "b:D"]),
            at(1),
        );
        assert_eq!(record.collection.name, "Liver");
        assert_eq!(record.collection.members, ["b:D", "a:D"]);
        assert_eq!(
            record.add_members(&texts(&["a:D", "c:D", "c:D", "  "]), at(2)),
            1
        );
        assert_eq!(record.collection.members, ["b:D", "a:D", "c:D"]);
        record.remove_members(&texts(&["a:D", "z:D"]), at(3));
        assert_eq!(record.collection.members, ["b:D", "c:D"]);
        assert_eq!(record.collection.changed, at(3));
        assert_eq!(record.collection.created, at(1));
    }

    #[test]
    fn changed_content_can_be_imported_again() {
        let mut record = CollectionRecord::new("1".into(), "Liver", texts(&["a:D"]), at(1));
        record.imported = Some(Uuid::nil());
        assert_eq!(record.add_members(&texts(&["a:D"]), at(2)), 0);
        record.remove_members(&texts(&["z:D"]), at(2));
        assert_eq!(
            (record.imported, record.collection.changed),
            (Some(Uuid::nil()), at(1))
        );
        assert_eq!(record.add_members(&texts(&["b:D"]), at(2)), 1);
        assert_eq!(record.imported, None);
    }

    #[test]
    fn deleted_collection_expires_after_thirty_days() {
        let mut record = CollectionRecord::new("1".into(), "Liver", Vec::new(), at(0));
        assert!(!record.is_expired(at(1_000_000_000)));
        record.deleted = Some(at(0));
        assert!(!record.is_expired(at(30 * 86_400)));
        assert!(record.is_expired(at(30 * 86_400 + 1)));
    }
}
