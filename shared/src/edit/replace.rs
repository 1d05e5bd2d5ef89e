//! Giving a collection another content altogether: what it was before some change.

use super::{CannotEdit, Edited, edited, find_version, version};
use crate::history::Content;
use crate::legacy::{Member, ReadCollection, StoredList};
use crate::raw_json::join_array;
use crate::timestamp::Timestamp;
use std::collections::HashMap;
use uuid::Uuid;

/// Name and members of a stored collection.
pub fn content(collection: &ReadCollection<'_>) -> Content {
    Content {
        name: collection.name.clone(),
        members: texts(&collection.members),
    }
}

/// Gives a collection this content. Members that it has stay as they are written. The content is not checked: it was
/// in the list before.
///
/// # Errors
/// [`CannotEdit`]; nothing is to be stored then.
pub fn replace(
    list: Option<&[u8]>,
    id: Uuid,
    seen: &str,
    wanted: &Content,
    now: Timestamp,
) -> Result<Edited, CannotEdit> {
    let stored = StoredList::read(list)?;
    let (place, entry, collection) = find_version(&stored, id, seen)?;
    if content(collection) == *wanted {
        return Ok(Edited {
            list: None,
            summary: super::summary(id, collection, now),
            version: version(entry.raw),
        });
    }
    let members = collection.members.iter();
    let known: HashMap<&str, &Member<'_>> = members.map(|member| (member.text(), member)).collect();
    let members: Vec<Member<'_>> = wanted
        .members
        .iter()
        .map(|text| match known.get(text.as_str()) {
            Some(member) => Member::clone(member),
            None => Member::new(text),
        })
        .collect();
    let raw = collection.write_edited(Some(&wanted.name), Some(&members), now);
    let raws = stored.entries.iter().map(|entry| entry.raw).enumerate();
    let raws = raws.map(|(at, other)| if at == place { raw.as_str() } else { other });
    edited(join_array(raws), id, &raw, now)
}

fn texts(members: &[Member<'_>]) -> Vec<String> {
    members
        .iter()
        .map(|member| member.text().to_owned())
        .collect()
}
