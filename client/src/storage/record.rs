//! One stored collection, and what editing does to it.

use serde::{Deserialize, Serialize};
use shared::api::LocalCollection;
use shared::history::Content;
use shared::timestamp::Timestamp;
use std::collections::HashSet;
use uuid::Uuid;

/// How long a deleted collection can be restored.
pub const BIN_DAYS: i64 = 30;

/// A collection as it lies in the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The collection itself; its id is the database key.
    #[serde(flatten)]
    pub collection: LocalCollection,
    /// The receipt of the import that took it over, if its content has not changed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<Uuid>,
    /// When it was put into the bin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted: Option<Timestamp>,
}

impl Record {
    /// A new collection. `name` is trimmed, `members` are cleaned as in [`Record::add`].
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
        record.add(&members, now);
        record
    }

    /// Gives it another name, trimmed.
    pub fn rename(&mut self, name: &str, now: Timestamp) {
        name.trim().clone_into(&mut self.collection.name);
        self.touch(now);
    }

    /// Adds members at the end, trimmed; passes over blank ones and those already there. Says how many
    /// were added.
    pub fn add(&mut self, members: &[String], now: Timestamp) -> u64 {
        let mut known: HashSet<&str> = as_strs(&self.collection.members).collect();
        let new: Vec<String> = as_strs(members)
            .map(str::trim)
            .filter(|member| !member.is_empty() && known.insert(member))
            .map(str::to_owned)
            .collect();
        let added = new.len();
        self.collection.members.extend(new);
        if added > 0 {
            self.touch(now);
        }
        added as u64
    }

    /// Takes members out.
    pub fn remove(&mut self, members: &[String], now: Timestamp) {
        let unwanted: HashSet<&str> = as_strs(members).collect();
        let before = self.collection.members.len();
        self.collection
            .members
            .retain(|member| !unwanted.contains(member.as_str()));
        if self.collection.members.len() < before {
            self.touch(now);
        }
    }

    /// Gives it another content altogether.
    pub fn replace(&mut self, content: Content, now: Timestamp) {
        (self.collection.name, self.collection.members) = (content.name, content.members);
        self.touch(now);
    }

    /// Whether it has lain in the bin for longer than [`BIN_DAYS`].
    pub fn is_rubbish(&self, now: Timestamp) -> bool {
        self.deleted
            .is_some_and(|deleted| deleted.plus_days(BIN_DAYS) < now)
    }

    /// What an account has imported is the content of then; other content is on offer again.
    fn touch(&mut self, now: Timestamp) {
        self.collection.changed = now;
        self.imported = None;
    }
}

/// All sets of members are of one type: what is generic is compiled again for each type.
fn as_strs(members: &[String]) -> impl Iterator<Item = &str> {
    members.iter().map(String::as_str)
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
    fn members_are_trimmed_and_kept_once_in_the_order_given() {
        let mut record = Record::new(
            "1".into(),
            " Liver ",
            texts(&["b:D", " a:D ", "", "b:D"]),
            at(1),
        );
        assert_eq!(record.collection.name, "Liver");
        assert_eq!(record.collection.members, ["b:D", "a:D"]);
        assert_eq!(record.add(&texts(&["a:D", "c:D", "c:D", "  "]), at(2)), 1);
        assert_eq!(record.collection.members, ["b:D", "a:D", "c:D"]);
        record.remove(&texts(&["a:D", "z:D"]), at(3));
        assert_eq!(record.collection.members, ["b:D", "c:D"]);
        assert_eq!(record.collection.changed, at(3));
        assert_eq!(record.collection.created, at(1));
    }

    #[test]
    fn only_a_change_of_content_makes_it_importable_again() {
        let mut record = Record::new("1".into(), "Liver", texts(&["a:D"]), at(1));
        record.imported = Some(Uuid::nil());
        assert_eq!(record.add(&texts(&["a:D"]), at(2)), 0);
        record.remove(&texts(&["z:D"]), at(2));
        assert_eq!(
            (record.imported, record.collection.changed),
            (Some(Uuid::nil()), at(1))
        );
        assert_eq!(record.add(&texts(&["b:D"]), at(2)), 1);
        assert_eq!(record.imported, None);
    }

    #[test]
    fn the_bin_keeps_for_thirty_days() {
        let mut record = Record::new("1".into(), "Liver", Vec::new(), at(0));
        assert!(!record.is_rubbish(at(1_000_000_000)));
        record.deleted = Some(at(0));
        assert!(!record.is_rubbish(at(30 * 86_400)));
        assert!(record.is_rubbish(at(30 * 86_400 + 1)));
    }
}
