//! The browser's collections as a source: written as stored entries, so that one reader and one
//! planner serve them and the legacy ones alike.

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

/// A source that holds what the browser sent. It has no owner: nothing in Redis is taken away.
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
    // Text, numbers and lists of text always serialise.
    let list = serde_json::to_vec(&entries).unwrap_or_default();
    Source {
        list: Some(list),
        ..Source::default()
    }
}
