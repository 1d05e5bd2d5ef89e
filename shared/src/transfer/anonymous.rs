//! The browser's collections as a source, in the format of stored entries. The reader and the
//! planner then treat them like legacy collections.

use super::input::Source;
use crate::api::LocalCollection;
use crate::timestamp::Timestamp;
use serde::Serialize;

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    name: &'a str,
    created: String,
    changed: String,
    num_members: usize,
    members: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

/// Makes a source of the collections that the browser sent. The source has no owner, because
/// nothing is removed from Redis.
pub fn source(collections: &[LocalCollection]) -> Source {
    let entries: Vec<Entry<'_>> = collections
        .iter()
        .map(|collection| Entry {
            id: &collection.id,
            name: &collection.name,
            created: Timestamp::to_stored(collection.created),
            changed: Timestamp::to_stored(collection.changed),
            num_members: collection.members.len(),
            members: &collection.members,
            note: collection.note.as_deref(),
        })
        .collect();
    // Serialising text, numbers and lists of text cannot fail.
    let list = serde_json::to_vec(&entries).unwrap_or_default();
    Source {
        list: Some(list),
        ..Source::default()
    }
}
