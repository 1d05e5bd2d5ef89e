//! One stored collection: what it says, what has to be mended, and how it is written for gn-auth.

use super::members::{self, Member};
use super::times;
use crate::api::Repair;
use crate::collection::{MembersHash, hex};
use crate::raw_json::{NotAnObject, Object, join_array, text};
use crate::timestamp::Timestamp;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt::Write;
use uuid::Uuid;

/// Why an entry is not a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is not a JSON object.
    #[error(transparent)]
    NotAnObject(#[from] NotAnObject),
    /// It has no list of members.
    #[error("it has no list of members")]
    NoMembers,
}

/// A stored collection, read tolerantly.
#[derive(Debug, Clone)]
pub struct ReadCollection<'a> {
    object: Object<'a>,
    /// The id, if it is a UUID; gn-auth accepts nothing else.
    pub id: Option<Uuid>,
    /// The id as stored, if it is text.
    pub stored_id: Option<String>,
    /// The name, or one made from the date where there is none.
    pub name: String,
    /// When it was made, if that or the time of change is known.
    pub created: Option<Timestamp>,
    /// When it changed, if that or the time of creation is known.
    pub changed: Option<Timestamp>,
    /// The members after repair, in stored order.
    pub members: Vec<Member<'a>>,
    /// Short hash of them, whatever their order.
    pub members_hash: MembersHash,
    /// Blank, repeated and non-text members that were left out.
    pub dropped_members: u64,
    /// What has to be mended when it is written, in order and without repetition.
    pub repairs: Vec<Repair>,
}

/// What a collection is written as.
#[derive(Debug, Clone, Copy)]
pub struct WriteAs<'a> {
    /// Its id in the target.
    pub id: Uuid,
    /// Its name in the target, where that is another one.
    pub new_name: Option<&'a str>,
    /// Stands in for timestamps that nobody knows.
    pub now: Timestamp,
}

/// Reads one entry of a list.
///
/// # Errors
/// [`Unreadable`] when it is no collection.
pub fn read(raw: &str) -> Result<ReadCollection<'_>, Unreadable> {
    let object = Object::parse(raw)?;
    let members = object
        .stored("members")
        .and_then(members::read)
        .ok_or(Unreadable::NoMembers)?;
    let mut repairs = Vec::new();

    let stored_id = object.get("id").and_then(text).map(Cow::into_owned);
    let id = stored_id.as_deref().and_then(|id| Uuid::parse_str(id).ok());
    if id.is_none() {
        repairs.push(Repair::Id);
    }
    let sound_name = object
        .get("name")
        .and_then(text)
        .filter(|name| !name.trim().is_empty())
        .map(Cow::into_owned);
    if sound_name.is_none() {
        repairs.push(Repair::Name);
    }
    let (created, changed) = times::read(&object, &mut repairs);
    let name = sound_name.unwrap_or_else(|| made_name(&object, created));
    if members.repaired {
        repairs.push(Repair::Members);
    }
    let count = object
        .get("num_members")
        .and_then(|count| count.parse().ok());
    if count != Some(members.kept.len()) {
        repairs.push(Repair::NumMembers);
    }
    repairs.sort_unstable();
    Ok(ReadCollection {
        id,
        stored_id,
        name,
        created,
        changed,
        dropped_members: members.dropped,
        members: members.kept,
        members_hash: members.hash,
        repairs,
        object,
    })
}

/// A number as name is a name (GN2 took what was typed); otherwise one is made from the date, as GN2
/// makes them for unnamed collections.
fn made_name(object: &Object<'_>, created: Option<Timestamp>) -> String {
    let stored = object.get("name").unwrap_or_default();
    if stored.starts_with(|first: char| first.is_ascii_digit() || first == '-') {
        return stored.to_owned();
    }
    match created {
        Some(at) => format!(
            "Collection {}",
            at.to_rfc3339().replace('T', " ").replace(":00Z", "")
        ),
        None => "Collection".to_owned(),
    }
}

/// Hex SHA-256 over what a collection says: name, timestamps and members in order. Another program may
/// write the same collection in other bytes; that does not change it. `None` for what is no collection.
pub fn content_hash(raw: &str) -> Option<String> {
    let collection = read(raw).ok()?;
    let times = [collection.created, collection.changed].map(|at| at.map_or(0, Timestamp::unix));
    Some(said_hash(&collection.name, times, &collection.members))
}

/// Hex SHA-256 of `["name",[created,changed],["member",…]]`.
fn said_hash(name: &str, times: [i64; 2], members: &[Member<'_>]) -> String {
    let bytes: usize = members.iter().map(|member| member.raw().len() + 1).sum();
    let mut said = String::with_capacity(bytes + 2 * name.len() + 64);
    // Writing to a String cannot fail.
    let _ = write!(said, "[{},[{},{}],[", json(name), times[0], times[1]);
    for (position, member) in members.iter().enumerate() {
        if position > 0 {
            said.push(',');
        }
        match member.plain() {
            Some(raw) => said.push_str(raw),
            None => said.push_str(&json(member.text())),
        }
    }
    said.push_str("]]");
    hex(&Sha256::digest(said))
}

impl ReadCollection<'_> {
    /// Where it came from, if somebody noted that.
    pub fn note(&self) -> Option<String> {
        self.object.get("note").and_then(text).map(Cow::into_owned)
    }

    /// The collection as a JSON object that gn-auth reads: a UUID, a name, `created` and `changed`
    /// in its format, the true count. Fields it does not know stand where they stood.
    pub fn write(&self, target: WriteAs<'_>) -> String {
        self.mended(target).to_json()
    }

    /// The [`content_hash`] of this collection as it is written, without reading that again.
    pub fn content_hash_as(&self, new_name: Option<&str>, now: Timestamp) -> String {
        // Seconds are lost in the stored format.
        let time = |at: Option<Timestamp>| {
            let seconds = at.unwrap_or(now).unix();
            seconds - seconds.rem_euclid(60)
        };
        let name = new_name.unwrap_or(&self.name);
        said_hash(
            name,
            [time(self.created), time(self.changed)],
            &self.members,
        )
    }

    /// This collection after its owner's edit: another name, other members, both or neither. What has to
    /// be mended is mended as well.
    pub fn write_edited(
        &self,
        name: Option<&str>,
        members: Option<&[Member<'_>]>,
        now: Timestamp,
    ) -> String {
        let mut object = self.mended(WriteAs {
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

    fn mended(&self, target: WriteAs<'_>) -> Object<'_> {
        let mut object = self.object.clone();
        if self.id != Some(target.id) {
            object.set("id", json(&target.id.to_string()));
        }
        if let Some(name) = target.new_name {
            object.set("name", json(name));
        } else if self.repairs.contains(&Repair::Name) {
            object.set("name", json(&self.name));
        }
        let time = |at: Option<Timestamp>| json(&at.unwrap_or(target.now).to_stored());
        object.rename_and_set("created_timestamp", "created", time(self.created));
        object.rename_and_set("changed_timestamp", "changed", time(self.changed));
        if self.repairs.contains(&Repair::NumMembers) {
            object.set("num_members", self.members.len().to_string());
        }
        if self.repairs.contains(&Repair::Members) {
            object.set("members", join_array(self.members.iter().map(Member::raw)));
        }
        object
    }

    /// This collection with members added at the end, for `merge`. Only `members`, `num_members` and
    /// `changed` are written anew.
    pub fn write_with_added(&self, added: &[Member<'_>], now: Timestamp) -> String {
        let mut object = self.object.clone();
        let raws = || self.members.iter().chain(added).map(Member::raw);
        object.set("members", join_array(raws()));
        object.set("num_members", raws().count().to_string());
        object.rename_and_set("changed_timestamp", "changed", json(&now.to_stored()));
        object.to_json()
    }
}

/// A new collection, as gn-auth writes one. A note is a field that gn-auth does not know and passes over.
pub fn write_new(
    id: Uuid,
    name: &str,
    members: &[&str],
    note: Option<&str>,
    now: Timestamp,
) -> String {
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
    if let Some(note) = note {
        object.set("note", json(note));
    }
    object.to_json()
}

fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "33333333-3333-4333-8333-333333333333";

    fn write(raw: &str) -> (String, Vec<Repair>) {
        let read = read(raw).expect("a collection");
        let now = Timestamp::parse_stored("Jan 01 2026 12:00AM").expect("a time");
        let id = read.id.unwrap_or(Uuid::from_u128(7));
        (
            read.write(WriteAs {
                id,
                new_name: None,
                now,
            }),
            read.repairs,
        )
    }

    #[test]
    fn a_sound_collection_only_gets_the_new_names_of_its_timestamps() {
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
    fn everything_that_can_be_wrong_is_mended_and_listed() {
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

    #[test]
    fn a_nameless_collection_is_named_after_its_date() {
        for name in ["null", "\"  \"", "[]"] {
            let raw =
                format!(r#"{{"name": {name}, "created": "Nov 12 2019 03:27PM", "members": []}}"#);
            assert_eq!(read(&raw).expect("one").name, "Collection 2019-11-12 15:27");
        }
        assert_eq!(read(r#"{"members": []}"#).expect("one").name, "Collection");
    }

    #[test]
    fn the_content_hash_is_that_of_what_is_said_not_of_the_bytes() {
        let raw = r#"{"name": "Gr\u00f6\u00dfe", "created": "Nov 12 2019 03:27PM", "changed": "Nov 12 2019 03:27PM", "members": ["a:b", "c:d"], "x": 1}"#;
        let other = r#"{"members":["a:b","c:d"],"created_timestamp":"Nov 12 2019 03:27PM","changed":"Nov 12 2019 03:27PM","name":"Größe"}"#;
        assert_eq!(content_hash(raw), content_hash(other));
        assert_ne!(content_hash(raw), content_hash(&raw.replace("a:b", "a:c")));
        assert_ne!(
            content_hash(raw),
            content_hash(&raw.replace("2019", "2020"))
        );
        assert_eq!(content_hash("null"), None);
    }

    #[test]
    fn what_has_no_members_is_no_collection() {
        for members in ["null", "{\"a\": 1}", "3"] {
            let raw = format!(r#"{{"id": "{ID}", "name": "n", "members": {members}}}"#);
            assert_eq!(read(&raw).err(), Some(Unreadable::NoMembers));
        }
        assert_eq!(read(r#"{"name": "n"}"#).err(), Some(Unreadable::NoMembers));
        assert_eq!(
            read("\"x\"").err(),
            Some(Unreadable::NotAnObject(NotAnObject::OtherKind))
        );
    }
}
