//! A stored collection: its content, and the repairs it needs.

use super::members::{self, Member};
use super::times;
use crate::api::Repair;
use crate::collection::MembersHash;
use crate::raw_json::{InvalidObject, Object, text};
use crate::timestamp::Timestamp;
use std::borrow::Cow;
use uuid::Uuid;

/// The reason why an entry is not a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableCollection {
    /// The entry is not a JSON object.
    #[error(transparent)]
    NotAnObject(#[from] InvalidObject),
    /// The object has no list of members.
    #[error("it has no list of members")]
    NoMembers,
}

/// A stored collection, read tolerantly.
#[derive(Debug, Clone)]
pub struct ParsedCollection<'a> {
    pub(super) object: Object<'a>,
    /// The id, if it is a UUID. gn-auth accepts nothing else.
    pub id: Option<Uuid>,
    /// The id as stored, if it is text.
    pub stored_id: Option<String>,
    /// The name, or one made from the date where there is none.
    pub name: String,
    /// The creation time, or else the time of change, if one of them is known.
    pub created: Option<Timestamp>,
    /// The time of change, or else the creation time, if one of them is known.
    pub changed: Option<Timestamp>,
    /// The members after repair, in stored order.
    pub members: Vec<Member<'a>>,
    /// The order-independent hash of the members.
    pub members_hash: MembersHash,
    /// The number of blank, repeated and non-text members, which are left out.
    pub dropped_members: u64,
    /// The number of members that were taken out because GeneNetwork cannot show them.
    pub excluded_members: u64,
    /// The repairs made when the collection is written, in order and each once.
    pub repairs: Vec<Repair>,
}

/// Reads one entry of a list.
///
/// # Errors
/// [`UnreadableCollection`] when the entry is no collection.
pub fn read(raw: &str) -> Result<ParsedCollection<'_>, UnreadableCollection> {
    let object = Object::parse(raw)?;
    let members = object
        .stored("members")
        .and_then(members::read)
        .ok_or(UnreadableCollection::NoMembers)?;
    let mut repairs = Vec::new();

    let stored_id = object.get("id").and_then(text).map(Cow::into_owned);
    let id = stored_id.as_deref().and_then(|id| Uuid::parse_str(id).ok());
    if id.is_none() {
        repairs.push(Repair::Id);
    }
    let valid_name = object
        .get("name")
        .and_then(text)
        .filter(|name| !name.trim().is_empty())
        .map(Cow::into_owned);
    if valid_name.is_none() {
        repairs.push(Repair::Name);
    }
    let (created, changed) = times::read(&object, &mut repairs);
    let name = valid_name.unwrap_or_else(|| default_name(&object, created));
    if members.is_repaired {
        repairs.push(Repair::Members);
    }
    let count = object.get("num_members");
    let count = count.and_then(|count| count.parse().ok());
    if count != Some(members.list.len()) {
        repairs.push(Repair::NumMembers);
    }
    repairs.sort_unstable();
    Ok(ParsedCollection {
        id,
        stored_id,
        name,
        created,
        changed,
        dropped_members: members.dropped,
        excluded_members: 0,
        members: members.list,
        members_hash: members.hash,
        repairs,
        object,
    })
}

/// Makes a name. A number stays the name, because GN2 stored what the user typed. Otherwise the
/// name contains the date, as in GN2's names of unnamed collections.
fn default_name(object: &Object<'_>, created: Option<Timestamp>) -> String {
    let stored = object.get("name").unwrap_or_default();
    if stored.starts_with(|first: char| first.is_ascii_digit() || first == '-') {
        return stored.to_owned();
    }
    match created {
        Some(at) => {
            let date = at.to_rfc3339().replace('T', " ").replace(":00Z", "");
            format!("Collection {date}")
        }
        None => "Collection".to_owned(),
    }
}

impl ParsedCollection<'_> {
    /// The note about the origin of the collection that the entry has, if there is one. Other
    /// notes are stored beside the list, see [`crate::notes`].
    pub fn note(&self) -> Option<String> {
        self.object.get("note").and_then(text).map(Cow::into_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nameless_collection_is_named_after_its_date() {
        for name in ["null", "\"  \"", "[]"] {
            let raw =
                format!(r#"{{"name": {name}, "created": "Nov 12 2019 03:27PM", "members": []}}"#);
            assert_eq!(read(&raw).expect("one").name, "Collection 2019-11-12 15:27");
        }
        assert_eq!(read(r#"{"members": []}"#).expect("one").name, "Collection");
    }

    #[test]
    fn entry_without_members_is_no_collection() {
        use UnreadableCollection::{NoMembers, NotAnObject};
        for members in ["null", "{\"a\": 1}", "3"] {
            let raw = format!(r#"{{"id": "x", "name": "n", "members": {members}}}"#);
            assert_eq!(read(&raw).err(), Some(NoMembers));
        }
        assert_eq!(read(r#"{"name": "n"}"#).err(), Some(NoMembers));
        assert_eq!(
            read("\"x\"").err(),
            Some(NotAnObject(InvalidObject::OtherKind))
        );
    }
}
