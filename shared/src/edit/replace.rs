//! Replaces the whole content of a collection.

use super::list::{CannotEdit, EditOutput, ListedCollection};
use crate::history::Content;
use crate::legacy::{Member, ParsedCollection, StoredList};
use crate::timestamp::Timestamp;
use std::collections::HashMap;
use uuid::Uuid;

/// Returns the name and members of a stored collection.
pub fn content(collection: &ParsedCollection<'_>) -> Content {
    let members = collection.members.iter();
    Content {
        name: collection.name.clone(),
        members: members.map(|member| member.text().to_owned()).collect(),
    }
}

/// Gives a collection new content. Members that it has keep their stored text. The content is not
/// checked, because it was in the list before.
///
/// # Errors
/// [`CannotEdit`]. Nothing may be stored then.
pub fn replace(
    list: Option<&[u8]>,
    id: Uuid,
    expected_version: &str,
    new: &Content,
    now: Timestamp,
) -> Result<EditOutput, CannotEdit> {
    let stored = StoredList::read(list)?;
    let found = ListedCollection::find_version(&stored, id, expected_version)?;
    if content(found.collection) == *new {
        return Ok(found.unchanged(id, now));
    }
    let existing = found.collection.members.iter();
    let existing: HashMap<&str, &Member<'_>> =
        existing.map(|member| (member.text(), member)).collect();
    let members = new.members.iter().map(|text| {
        let member = existing.get(text.as_str()).copied().cloned();
        member.unwrap_or_else(|| Member::new(text.as_str()))
    });
    let members: Vec<Member<'_>> = members.collect();
    let raw = found
        .collection
        .write_edited(Some(&new.name), Some(&members), now);
    found.replaced_by(&raw, &stored, id, now)
}
