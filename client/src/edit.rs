//! The vocabulary of edits. A component asks for a [`CollectionEdit`] and receives a
//! [`SaveOutcome`] or an [`EditError`]; the browser's database and the server use the same types.
//!
//! - [`local_edit`]: an edit of the browser's collections, as its database stores it

pub mod local_edit;

use crate::api::ApiError;
use crate::storage::error::StorageError;
use crate::storage::record::{CollectionRecord, add_members, remove_members};
use shared::api::{CollectionDetail, PatchCollection};
use std::collections::HashSet;
use uuid::Uuid;

/// An edit of one collection, in this browser or in the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CollectionEdit {
    Rename(String),
    /// Adds members at the end and skips those that the collection has.
    Add(Vec<String>),
    Remove(Vec<String>),
    /// Restores the content from before the change of this number.
    GoBack(u32),
    Delete,
}

/// The result of an accepted edit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SaveOutcome {
    /// The number of members that the edit added.
    pub added: u64,
    /// Why the browser has not stored the edit yet. The page keeps such an edit and stores it
    /// later.
    pub unsaved: Option<StorageError>,
    /// The receipt that undoes a deletion in the account, unless the answer that names it was lost.
    pub receipt: Option<Uuid>,
    /// The edited collections as the browser's database holds them now.
    pub records: Vec<CollectionRecord>,
}

/// The reason for which an edit was refused. A refused edit has changed nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum EditError {
    /// The collection no longer exists.
    Gone,
    /// The collection differs from what the page showed when the user asked for the edit.
    Conflict(CollectionDiff),
    BlankName,
    Storage(StorageError),
    Api(ApiError),
}

/// The difference between a collection and what the page showed of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CollectionDiff {
    /// The new name, if the name has changed.
    pub renamed: Option<String>,
    /// The number of members that were added.
    pub added: u64,
    /// The number of members that were removed.
    pub removed: u64,
}

impl SaveOutcome {
    pub fn stored(added: u64) -> Self {
        Self {
            added,
            ..Self::default()
        }
    }

    pub fn is_stored(&self) -> bool {
        self.unsaved.is_none()
    }
}

impl From<StorageError> for EditError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

impl CollectionEdit {
    /// The request that patches a collection of the account; `None` if the server has another
    /// request for the edit.
    pub(crate) fn patch_request(&self) -> Option<PatchCollection> {
        let mut request = PatchCollection::default();
        match self {
            Self::Rename(name) => request.name = Some(name.clone()),
            Self::Add(members) => request.add.clone_from(members),
            Self::Remove(members) => request.remove.clone_from(members),
            Self::GoBack(_) | Self::Delete => return None,
        }
        Some(request)
    }

    /// Whether the collection already has the content that the edit leads to. This tells whether a
    /// request that got no answer was carried out.
    pub(crate) fn is_applied_to(&self, collection: &CollectionDetail) -> bool {
        match self {
            Self::Rename(name) => *name == collection.summary.name,
            Self::Add(members) => count_missing(members, &collection.members) == 0,
            Self::Remove(members) => {
                count_missing(members, &collection.members) == members.len() as u64
            }
            Self::GoBack(_) | Self::Delete => false,
        }
    }

    /// Applies the edit to the members of a fetched collection, so that the page need not fetch it
    /// again.
    pub(crate) fn apply_to_members(&self, members: &mut Vec<String>) {
        match self {
            Self::Rename(_) | Self::GoBack(_) | Self::Delete => {}
            Self::Add(added) => {
                add_members(members, added);
            }
            Self::Remove(removed) => {
                remove_members(members, removed);
            }
        }
    }
}

impl CollectionDiff {
    pub(crate) fn between(old: &CollectionDetail, new: &CollectionDetail) -> Self {
        Self {
            renamed: (old.summary.name != new.summary.name).then(|| new.summary.name.clone()),
            added: count_missing(&new.members, &old.members),
            removed: count_missing(&old.members, &new.members),
        }
    }
}

/// Counts the `wanted` members that are not among `members`.
fn count_missing(wanted: &[String], members: &[String]) -> u64 {
    let present: HashSet<&String> = members.iter().collect();
    let missing = wanted.iter().filter(|member| !present.contains(member));
    missing.count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::api::CollectionSummary;
    use shared::timestamp::Timestamp;

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
    fn edit_counts_as_applied_only_after_it_was_applied() {
        let edits = [
            CollectionEdit::Add(texts(&["b:D", "c:D", "c:D"])),
            CollectionEdit::Remove(texts(&["a:D", "z:D"])),
        ];
        for edit in edits {
            let mut shown = detail("Liver", &["a:D", "b:D"]);
            assert!(!edit.is_applied_to(&shown), "{edit:?}");
            edit.apply_to_members(&mut shown.members);
            assert!(edit.is_applied_to(&shown), "{edit:?}");
        }
        let rename = CollectionEdit::Rename("Brain".to_owned());
        assert!(!rename.is_applied_to(&detail("Liver", &[])));
        assert!(rename.is_applied_to(&detail("Brain", &[])));
        assert!(!CollectionEdit::Delete.is_applied_to(&detail("Liver", &[])));
    }

    #[test]
    fn added_members_keep_their_order_and_appear_once() {
        let mut shown = detail("Liver", &["b:D", "a:D"]);
        CollectionEdit::Add(texts(&["c:D", "a:D", "c:D"])).apply_to_members(&mut shown.members);
        assert_eq!(shown.members, ["b:D", "a:D", "c:D"]);
        CollectionEdit::Remove(texts(&["a:D"])).apply_to_members(&mut shown.members);
        assert_eq!(shown.members, ["b:D", "c:D"]);
    }

    #[test]
    fn difference_names_new_name_and_counts_members() {
        let old = detail("Liver", &["a:D", "b:D"]);
        let new = detail("Brain", &["b:D", "c:D", "d:D"]);
        let difference = CollectionDiff::between(&old, &new);
        assert_eq!(difference.renamed.as_deref(), Some("Brain"));
        assert_eq!((difference.added, difference.removed), (2, 1));
        assert_eq!(
            CollectionDiff::between(&old, &old),
            CollectionDiff::default()
        );
    }
}
