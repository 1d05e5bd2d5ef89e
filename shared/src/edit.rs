//! Editing an account's own list, one entry at a time.
//!
//! Like the planner this is pure: the raw stored list in, the raw list to be stored out. Every other
//! entry stays byte for byte; of the edited one, fields that nobody here knows stay as they are.
//!
//! - [`create`], [`patch`]: a new entry, a changed one
//! - [`mod@delete`]: an entry taken out, and put back
//! - [`replace`]: another content altogether; [`recorded`]: the history beside the list
//! - [`check`]: what names and members may be

pub mod check;
pub mod delete;
pub mod recorded;
pub mod replace;

pub use check::Invalid;
pub use delete::{Cut, PutBack, delete, put_back};

use crate::api::{CollectionSummary, CreateCollection, PatchCollection};
use crate::collection::version;
use crate::legacy::{Member, ReadCollection, StoredEntry, StoredList, UnreadableList, entry};
use crate::raw_json::join_array;
use crate::timestamp::Timestamp;
use std::collections::HashSet;
use uuid::Uuid;

/// A list after an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The list to be stored; `None` when it says already what was asked for.
    pub list: Option<String>,
    /// The edited collection.
    pub summary: CollectionSummary,
    /// Its version, for `ETag`.
    pub version: String,
}

/// Why a list is not edited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotEdit {
    /// The list cannot be read, so nothing is written to it.
    #[error(transparent)]
    Unreadable(#[from] UnreadableList),
    /// It has no such collection.
    #[error("the account has no such collection")]
    NotFound,
    /// The collection is not in the version that the edit was decided on.
    #[error("the collection was changed meanwhile")]
    Changed,
    /// The request asks for something that cannot be stored.
    #[error("the edit is not valid")]
    Invalid(Vec<Invalid>),
}

/// Adds a collection at the end. If the list has one with this id already, that one is the answer: the
/// same request came before.
///
/// # Errors
/// [`CannotEdit::Invalid`] or [`CannotEdit::Unreadable`].
pub fn create(
    list: Option<&[u8]>,
    id: Uuid,
    request: &CreateCollection,
    now: Timestamp,
) -> Result<Edited, CannotEdit> {
    check::create(request).map_err(CannotEdit::Invalid)?;
    let stored = StoredList::read(list)?;
    if let Some((_, entry, collection)) = find(&stored, id) {
        return Ok(Edited {
            list: None,
            summary: summary(id, collection, now),
            version: version(entry.raw),
        });
    }
    let members = distinct(&request.members);
    let note = request.note.as_deref();
    let raw = entry::write_new(id, request.name.trim(), &members, note, now);
    let raws = stored.entries.iter().map(|entry| entry.raw);
    let list = join_array(raws.chain([raw.as_str()]));
    edited(list, id, &raw, now)
}

/// Changes one collection: members go before members come, so one that is in both moves to the end.
///
/// # Errors
/// [`CannotEdit`]; nothing is to be stored then.
pub fn patch(
    list: Option<&[u8]>,
    id: Uuid,
    seen: &str,
    request: &PatchCollection,
    now: Timestamp,
) -> Result<Edited, CannotEdit> {
    check::patch(request).map_err(CannotEdit::Invalid)?;
    let stored = StoredList::read(list)?;
    let (place, entry, collection) = find_version(&stored, id, seen)?;
    let name = request.name.as_deref().map(str::trim);
    let name = name.filter(|name| *name != collection.name);
    let members = members_after(collection, request);
    if name.is_none() && members.is_none() {
        return Ok(Edited {
            list: None,
            summary: summary(id, collection, now),
            version: version(entry.raw),
        });
    }
    let raw = collection.write_edited(name, members.as_deref(), now);
    let raws = stored.entries.iter().map(|entry| entry.raw).enumerate();
    let raws = raws.map(|(at, other)| if at == place { raw.as_str() } else { other });
    edited(join_array(raws), id, &raw, now)
}

/// The summary of a stored collection; `now` stands in for timestamps that nobody knows.
pub fn summary(id: Uuid, collection: &ReadCollection<'_>, now: Timestamp) -> CollectionSummary {
    CollectionSummary {
        id,
        name: collection.name.clone(),
        created: collection.created.unwrap_or(now),
        changed: collection.changed.unwrap_or(now),
        num_members: collection.members.len() as u64,
    }
}

/// The members after the request; `None` when they stay the same.
fn members_after<'a>(
    collection: &'a ReadCollection<'_>,
    request: &'a PatchCollection,
) -> Option<Vec<Member<'a>>> {
    let gone: HashSet<&str> = request.remove.iter().map(|member| member.trim()).collect();
    let kept = collection.members.iter();
    let kept = kept.filter(|member| !gone.contains(member.as_ref()));
    let mut after: Vec<Member<'a>> = kept.cloned().collect();
    let mut has: HashSet<String> = after
        .iter()
        .map(|member| member.text().to_owned())
        .collect();
    for member in distinct(&request.add) {
        if has.insert(member.to_owned()) {
            after.push(Member::new(member));
        }
    }
    (after != collection.members).then_some(after)
}

/// Members without the white space around them, the first of each.
fn distinct(members: &[String]) -> Vec<&str> {
    let mut seen = HashSet::new();
    let members = members.iter().map(|member| member.trim());
    members.filter(|member| seen.insert(*member)).collect()
}

/// The entry with this id: the first one, as it is the first one that is shown.
fn find<'l, 'a>(
    list: &'l StoredList<'a>,
    id: Uuid,
) -> Option<(usize, &'l StoredEntry<'a>, &'l ReadCollection<'a>)> {
    let mut entries = list.entries.iter().enumerate();
    entries.find_map(|(place, entry)| {
        let collection = entry.collection.as_ref().ok()?;
        (collection.id == Some(id)).then_some((place, entry, collection))
    })
}

/// The entry with this id, if it is in the version that was seen.
fn find_version<'l, 'a>(
    list: &'l StoredList<'a>,
    id: Uuid,
    seen: &str,
) -> Result<(usize, &'l StoredEntry<'a>, &'l ReadCollection<'a>), CannotEdit> {
    let found = find(list, id).ok_or(CannotEdit::NotFound)?;
    if version(found.1.raw) == seen {
        Ok(found)
    } else {
        Err(CannotEdit::Changed)
    }
}

fn edited(list: String, id: Uuid, raw: &str, now: Timestamp) -> Result<Edited, CannotEdit> {
    let written = entry::read(raw).map_err(|_| CannotEdit::NotFound)?;
    Ok(Edited {
        summary: summary(id, &written, now),
        version: version(raw),
        list: Some(list),
    })
}

#[cfg(test)]
mod tests;
