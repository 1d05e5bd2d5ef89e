//! One change of one collection, wherever that is kept, and what another change may have made of it meanwhile.

use crate::api::ApiError;
use crate::storage::StorageError;
use shared::api::{CollectionDetail, PatchCollection};
use std::collections::HashSet;

/// A change that the user asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Another name, not blank.
    Rename(String),
    /// These members at the end; those already there are passed over.
    Add(Vec<String>),
    /// These members out; those not there are passed over.
    Remove(Vec<String>),
    /// What it was before the change of this number.
    GoBack(u32),
    /// The whole collection out.
    Delete,
}

/// Why a change was not made. Nothing was changed then.
#[derive(Debug, Clone, PartialEq)]
pub enum EditError {
    /// The browser did not store it.
    Storage(StorageError),
    /// The server did not store it.
    Api(ApiError),
    /// The collection is not what was shown any more, but now that is shown.
    Stale(Difference),
    /// The collection is no longer there.
    Gone,
}

/// How a collection differs from what was shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Its name, if that is another one.
    pub renamed: Option<String>,
    /// Members it has more.
    pub added: u64,
    /// Members it has no longer.
    pub removed: u64,
}

impl Edit {
    /// The change as the server takes it; `None` for what is another request.
    pub(crate) fn request(&self) -> Option<PatchCollection> {
        let mut request = PatchCollection::default();
        match self {
            Self::Rename(name) => request.name = Some(name.clone()),
            Self::Add(members) => request.add.clone_from(members),
            Self::Remove(members) => request.remove.clone_from(members),
            Self::GoBack(_) | Self::Delete => return None,
        }
        Some(request)
    }

    /// Whether the collection is as the change would make it: then an attempt that got no answer has arrived.
    pub(crate) fn is_done_in(&self, found: &CollectionDetail) -> bool {
        match self {
            Self::Rename(name) => *name == found.summary.name,
            Self::Add(members) => missing(members, &found.members) == 0,
            Self::Remove(members) => missing(members, &found.members) == members.len() as u64,
            Self::GoBack(_) | Self::Delete => false,
        }
    }

    /// Makes the change in what is shown, which spares fetching it again.
    pub(crate) fn make(&self, shown: &mut CollectionDetail) {
        match self {
            Self::Rename(_) | Self::GoBack(_) | Self::Delete => {}
            Self::Add(members) => {
                let mut known = set(&shown.members);
                let new: Vec<String> = members
                    .iter()
                    .filter(|member| known.insert(member))
                    .cloned()
                    .collect();
                shown.members.extend(new);
            }
            Self::Remove(members) => {
                let unwanted = set(members);
                shown
                    .members
                    .retain(|member| !unwanted.contains(member.as_str()));
            }
        }
    }
}

impl Difference {
    /// What turned `old` into `new`.
    pub(crate) fn between(old: &CollectionDetail, new: &CollectionDetail) -> Self {
        Self {
            renamed: (old.summary.name != new.summary.name).then(|| new.summary.name.clone()),
            added: missing(&new.members, &old.members),
            removed: missing(&old.members, &new.members),
        }
    }
}

/// How many of `wanted` are not among `members`.
fn missing(wanted: &[String], members: &[String]) -> u64 {
    let known = set(members);
    wanted
        .iter()
        .filter(|member| !known.contains(member.as_str()))
        .count() as u64
}

fn set(members: &[String]) -> HashSet<&str> {
    members.iter().map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::api::CollectionSummary;
    use shared::timestamp::Timestamp;
    use uuid::Uuid;

    fn texts(members: &[&str]) -> Vec<String> {
        members.iter().map(ToString::to_string).collect()
    }

    fn detail(name: &str, members: &[&str]) -> CollectionDetail {
        let at = Timestamp::from_unix(1).expect("a point in time");
        CollectionDetail {
            summary: CollectionSummary {
                id: Uuid::nil(),
                name: name.to_owned(),
                created: at,
                changed: at,
                num_members: members.len() as u64,
            },
            members: texts(members),
            note: None,
        }
    }

    #[test]
    fn a_change_is_done_once_it_is_made() {
        let edits = [
            Edit::Add(texts(&["b:D", "c:D", "c:D"])),
            Edit::Remove(texts(&["a:D", "z:D"])),
        ];
        for edit in edits {
            let mut shown = detail("Liver", &["a:D", "b:D"]);
            assert!(!edit.is_done_in(&shown), "{edit:?}");
            edit.make(&mut shown);
            assert!(edit.is_done_in(&shown), "{edit:?}");
        }
        let rename = Edit::Rename("Brain".to_owned());
        assert!(!rename.is_done_in(&detail("Liver", &[])));
        assert!(rename.is_done_in(&detail("Brain", &[])));
        assert!(!Edit::Delete.is_done_in(&detail("Liver", &[])));
    }

    #[test]
    fn members_keep_their_order_and_come_once() {
        let mut shown = detail("Liver", &["b:D", "a:D"]);
        Edit::Add(texts(&["c:D", "a:D", "c:D"])).make(&mut shown);
        assert_eq!(shown.members, ["b:D", "a:D", "c:D"]);
        Edit::Remove(texts(&["a:D"])).make(&mut shown);
        assert_eq!(shown.members, ["b:D", "c:D"]);
    }

    #[test]
    fn says_what_is_different() {
        let old = detail("Liver", &["a:D", "b:D"]);
        let new = detail("Brain", &["b:D", "c:D", "d:D"]);
        let difference = Difference::between(&old, &new);
        assert_eq!(difference.renamed.as_deref(), Some("Brain"));
        assert_eq!((difference.added, difference.removed), (2, 1));
        assert_eq!(Difference::between(&old, &old), Difference::default());
    }
}
