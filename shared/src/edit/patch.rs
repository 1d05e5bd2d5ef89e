//! Changes the name or the members of a collection.

use super::list::{CannotEdit, EditOutput, ListedCollection, distinct};
use super::{check, history};
use crate::api::PatchCollection;
use crate::legacy::{Member, ParsedCollection, StoredList};
use crate::timestamp::Timestamp;
use std::collections::HashSet;
use uuid::Uuid;

/// Changes one collection. Members are removed before others are added, so that a member that is in
/// both lists moves to the end. `history` is the stored history: members that the collection has or
/// had may be added again, also those that no new member may be.
///
/// # Errors
/// [`CannotEdit`]. Nothing may be stored then.
pub fn patch(
    list: Option<&[u8]>,
    history: Option<&[u8]>,
    id: Uuid,
    expected_version: &str,
    request: &PatchCollection,
    now: Timestamp,
) -> Result<EditOutput, CannotEdit> {
    let mut added = request.add.iter();
    let known = if added.all(|member| check::is_showable(member.trim())) {
        HashSet::new()
    } else {
        let history = history::current(list, history, id, now);
        history
            .map(|history| history.all_members())
            .unwrap_or_default()
    };
    check::patch(request, &known).map_err(CannotEdit::Invalid)?;
    let stored = StoredList::read(list)?;
    let found = ListedCollection::find_version(&stored, id, expected_version)?;
    let name = request.name.as_deref().map(str::trim);
    let name = name.filter(|name| *name != found.collection.name);
    let members = patched_members(found.collection, request);
    if name.is_none() && members.is_none() {
        return Ok(found.unchanged(id, now));
    }
    let raw = found.collection.write_edited(name, members.as_deref(), now);
    found.replaced_by(&raw, &stored, id, now)
}

/// Returns the members after the request, or `None` when they stay the same.
fn patched_members<'a>(
    collection: &'a ParsedCollection<'_>,
    request: &'a PatchCollection,
) -> Option<Vec<Member<'a>>> {
    let removed: HashSet<&str> = request.remove.iter().map(|member| member.trim()).collect();
    let members = collection.members.iter();
    let kept = members.filter(|member| !removed.contains(member.text()));
    let kept_texts: HashSet<&str> = kept.clone().map(Member::text).collect();
    let added = distinct(&request.add).into_iter();
    let added = added.filter(|member| !kept_texts.contains(member));
    let members: Vec<Member<'a>> = kept.cloned().chain(added.map(Member::new)).collect();
    (members != collection.members).then_some(members)
}
