//! Collections as they are written for gn-auth.
//!
//! A written collection has a UUID, a name, `created` and `changed` in gn-auth's format, and the
//! true count of members. Fields that gn-auth does not know keep their place and their text, except
//! for the note, which is stored beside the list ([`crate::notes`]).

use super::content;
use super::entry::ParsedCollection;
use super::members::Member;
use crate::api::Repair;
use crate::raw_json::{Object, join_array};
use crate::timestamp::Timestamp;
use uuid::Uuid;

/// The id and name under which a collection is written.
#[derive(Debug, Clone, Copy)]
pub struct WriteOptions<'a> {
    /// The id in the target.
    pub id: Uuid,
    /// The name in the target, if it differs.
    pub new_name: Option<&'a str>,
    /// The time that replaces unknown timestamps.
    pub now: Timestamp,
}

impl ParsedCollection<'_> {
    /// Returns the repaired collection as JSON.
    pub fn write(&self, options: WriteOptions<'_>) -> String {
        self.repaired(options).to_json()
    }

    /// Returns the [`super::content_hash`] of the collection as it is written.
    pub fn content_hash_as(&self, new_name: Option<&str>, now: Timestamp) -> String {
        let name = new_name.unwrap_or(&self.name);
        // The stored format has no seconds.
        let times = [self.created, self.changed].map(|at| {
            let seconds = at.unwrap_or(now).unix();
            seconds - seconds.rem_euclid(60)
        });
        content::hash(name, times, &self.members)
    }

    /// Returns the repaired collection with its owner's edit: a new name, new members, or both.
    pub fn write_edited(
        &self,
        name: Option<&str>,
        members: Option<&[Member<'_>]>,
        now: Timestamp,
    ) -> String {
        let mut object = self.repaired(WriteOptions {
            id: self.id.unwrap_or_default(),
            new_name: name,
            now,
        });
        if let Some(members) = members {
            object.set("members", join_array(members.iter().map(Member::raw)));
            object.set("num_members", members.len().to_string());
        }
        object.set("changed", json(&now.to_stored()));
        object.to_json()
    }

    /// Returns the collection with members added at the end, for `merge`. Only `members`,
    /// `num_members` and `changed` are rewritten.
    pub fn write_with_added(&self, added: &[Member<'_>], now: Timestamp) -> String {
        let mut object = self.object.clone();
        let members = self.members.iter().chain(added);
        object.set("members", join_array(members.map(Member::raw)));
        object.set(
            "num_members",
            (self.members.len() + added.len()).to_string(),
        );
        object.rename_and_set("changed_timestamp", "changed", json(&now.to_stored()));
        object.to_json()
    }

    fn repaired(&self, options: WriteOptions<'_>) -> Object<'_> {
        let mut object = self.object.clone();
        if self.id != Some(options.id) {
            object.set("id", json(&options.id.to_string()));
        }
        if let Some(name) = options.new_name {
            object.set("name", json(name));
        } else if self.repairs.contains(&Repair::Name) {
            object.set("name", json(&self.name));
        }
        let time = |at: Option<Timestamp>| json(&at.unwrap_or(options.now).to_stored());
        object.rename_and_set("created_timestamp", "created", time(self.created));
        object.rename_and_set("changed_timestamp", "changed", time(self.changed));
        if self.repairs.contains(&Repair::NumMembers) {
            object.set("num_members", self.members.len().to_string());
        }
        if self.repairs.contains(&Repair::Members) {
            object.set("members", join_array(self.members.iter().map(Member::raw)));
        }
        if self.note().is_some() {
            object.remove("note");
        }
        object
    }
}

/// Returns a new collection as gn-auth writes one.
pub fn write_new(id: Uuid, name: &str, members: &[&str], now: Timestamp) -> String {
    let now = json(&now.to_stored());
    let mut object = Object::default();
    object.set("id", json(&id.to_string()));
    object.set("name", json(name));
    object.set("created", now.clone());
    object.set("changed", now);
    object.set("num_members", members.len().to_string());
    object.set(
        "members",
        join_array(members.iter().map(|member| json(member))),
    );
    object.to_json()
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::entry::read;
    use super::*;

    const ID: &str = "33333333-3333-4333-8333-333333333333";

    fn write(raw: &str) -> (String, Vec<Repair>) {
        let read = read(raw).expect("a collection");
        let now = Timestamp::parse_stored("Jan 01 2026 12:00AM").expect("a time");
        let id = read.id.unwrap_or(Uuid::from_u128(7));
        let new_name = None;
        (read.write(WriteOptions { id, new_name, now }), read.repairs)
    }

    #[test]
    fn valid_collection_only_gets_the_new_names_of_its_timestamps() {
        let (written, repairs) = write(&format!(
            r#"{{"id": "{ID}", "name": "Gr\u00f6\u00dfe", "created_timestamp": "Nov 12 2019 03:27PM", "changed_timestamp": "Nov 13 2019 11:05AM", "num_members": 1, "members": ["a:b"], "big": 12345678901234567890123, "tiny": 0.0}}"#
        ));
        assert_eq!(
            written,
            format!(
                r#"{{"id": "{ID}", "name": "Gr\u00f6\u00dfe", "created": "Nov 12 2019 03:27PM", "changed": "Nov 13 2019 11:05AM", "num_members": 1, "members": ["a:b"], "big": 12345678901234567890123, "tiny": 0.0}}"#
            )
        );
        assert_eq!(repairs, []);
    }

    #[test]
    fn every_defect_is_repaired_and_listed() {
        let (written, repairs) =
            write(r#"{"name": 42, "num_members": "2", "members": ["a:b", "", "a:b"]}"#);
        assert_eq!(
            written,
            r#"{"name": "42", "num_members": 1, "members": ["a:b"], "id": "00000000-0000-0000-0000-000000000007", "created": "Jan 01 2026 12:00AM", "changed": "Jan 01 2026 12:00AM"}"#
        );
        assert_eq!(
            repairs,
            [
                Repair::Id,
                Repair::Name,
                Repair::Created,
                Repair::Changed,
                Repair::NumMembers,
                Repair::Members
            ]
        );
    }
}
