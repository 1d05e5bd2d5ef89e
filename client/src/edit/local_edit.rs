//! An edit of the browser's collections, as a value: when the browser does not store the edit at
//! first, the page applies it again later.

use super::{CollectionDiff, CollectionEdit, EditError};
use crate::storage::record::CollectionRecord;
use shared::history::Changes;
use shared::timestamp::Timestamp;
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalEdit {
    /// The collections to edit.
    pub ids: Vec<String>,
    pub kind: LocalEditKind,
    /// The name that the page showed. A strict rename is refused if the collection has another one.
    pub expected_name: Option<String>,
    pub at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalEditKind {
    Create {
        name: String,
        members: Vec<String>,
        /// The origin of the collection.
        note: Option<String>,
    },
    Edit(CollectionEdit),
    /// Undoes a deletion.
    Restore,
    /// Marks collections that the import with this receipt has copied into an account.
    MarkImported(Uuid),
    /// Removes the mark of this import, because it was undone.
    MarkReturned(Uuid),
    /// Stops the offer to import collections until one of them changes.
    DismissImport,
    /// Stops the offer of GN2's anonymous session until its content, which this text describes,
    /// changes.
    DismissSession(String),
}

/// A collection in the database, with the way back over its last changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCollection {
    pub record: CollectionRecord,
    pub history: Changes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditMode {
    /// For a new edit: refuses it if the collection is not what the user saw.
    Strict,
    /// For an edit that the page has accepted earlier and must not lose any more.
    Replay,
}

impl LocalEdit {
    /// Whether the edit changes what an account could import. Such an edit renews the offer to
    /// import.
    pub fn changes_content(&self) -> bool {
        match &self.kind {
            LocalEditKind::Create { .. } => true,
            LocalEditKind::Edit(edit) => *edit != CollectionEdit::Delete,
            _ => false,
        }
    }

    pub fn check_name(&self) -> Result<(), EditError> {
        match &self.kind {
            LocalEditKind::Create { name, .. }
            | LocalEditKind::Edit(CollectionEdit::Rename(name))
                if name.trim().is_empty() =>
            {
                Err(EditError::BlankName)
            }
            _ => Ok(()),
        }
    }

    /// Applies the edit and returns the number of added members. An edit of several collections
    /// skips missing ones.
    pub fn apply(
        &self,
        collections: &mut BTreeMap<String, StoredCollection>,
        mode: EditMode,
    ) -> Result<u64, EditError> {
        let mut added = 0;
        for id in &self.ids {
            match (collections.get_mut(id), &self.kind) {
                (Some(collection), _) => added += self.apply_to(collection, mode)?,
                (
                    None,
                    LocalEditKind::Create {
                        name,
                        members,
                        note,
                    },
                ) => {
                    let mut record =
                        CollectionRecord::new(id.clone(), name, members.clone(), self.at);
                    record.collection.note.clone_from(note);
                    added += record.collection.members.len() as u64;
                    let history = Changes::default();
                    collections.insert(id.clone(), StoredCollection { record, history });
                }
                (None, _) if mode == EditMode::Strict && self.changes_content() => {
                    return Err(EditError::Gone);
                }
                (None, _) => {}
            }
        }
        Ok(added)
    }

    fn apply_to(
        &self,
        collection: &mut StoredCollection,
        mode: EditMode,
    ) -> Result<u64, EditError> {
        let record = &mut collection.record;
        match &self.kind {
            LocalEditKind::Edit(CollectionEdit::Delete) => {
                record.deleted.get_or_insert(self.at);
            }
            LocalEditKind::Edit(edit) => return self.edit_content(edit, collection, mode),
            LocalEditKind::Restore => record.deleted = None,
            LocalEditKind::MarkImported(receipt) => record.imported = Some(*receipt),
            LocalEditKind::MarkReturned(receipt) => {
                record.imported.take_if(|imported| imported == receipt);
            }
            LocalEditKind::Create { .. }
            | LocalEditKind::DismissImport
            | LocalEditKind::DismissSession(_) => {}
        }
        Ok(0)
    }

    fn edit_content(
        &self,
        edit: &CollectionEdit,
        collection: &mut StoredCollection,
        mode: EditMode,
    ) -> Result<u64, EditError> {
        let StoredCollection { record, history } = collection;
        let is_strict = mode == EditMode::Strict;
        // The page does not show deleted collections, so the user would never see this edit.
        if is_strict && record.deleted.is_some() {
            return Err(EditError::Gone);
        }
        let before = record.content();
        let mut added = 0;
        match edit {
            CollectionEdit::Rename(name) => {
                let current = &record.collection.name;
                let is_expected = self.expected_name.as_ref().is_none_or(|it| it == current);
                if is_strict && !is_expected {
                    return Err(EditError::Conflict(CollectionDiff {
                        renamed: Some(current.clone()),
                        ..CollectionDiff::default()
                    }));
                }
                record.rename(name, self.at);
            }
            CollectionEdit::Add(members) => added = record.add_members(members, self.at),
            CollectionEdit::Remove(members) => record.remove_members(members, self.at),
            CollectionEdit::GoBack(number) => {
                let past = history.before(*number, &before).ok_or(EditError::Gone)?;
                record.replace_content(past, self.at);
            }
            CollectionEdit::Delete => {}
        }
        history.record(&before, &record.content(), self.at, false);
        Ok(added)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::history::Content;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix(seconds).expect("a point in time")
    }

    fn texts(members: &[&str]) -> Vec<String> {
        members.iter().map(ToString::to_string).collect()
    }

    fn create(members: &[&str]) -> LocalEditKind {
        LocalEditKind::Create {
            name: "Liver".to_owned(),
            members: texts(members),
            note: None,
        }
    }

    fn local_edit(kind: LocalEditKind, seconds: i64) -> LocalEdit {
        LocalEdit {
            ids: vec!["1".to_owned()],
            kind,
            expected_name: None,
            at: at(seconds),
        }
    }

    fn edit(edit: CollectionEdit, seconds: i64) -> LocalEdit {
        local_edit(LocalEditKind::Edit(edit), seconds)
    }

    fn rename(from: &str, to: &str, seconds: i64) -> LocalEdit {
        LocalEdit {
            expected_name: Some(from.to_owned()),
            ..edit(CollectionEdit::Rename(to.to_owned()), seconds)
        }
    }

    fn collections() -> BTreeMap<String, StoredCollection> {
        let mut collections = BTreeMap::new();
        let added = local_edit(create(&["a:D"]), 1).apply(&mut collections, EditMode::Strict);
        assert_eq!(added, Ok(1));
        collections
    }

    #[test]
    fn rename_of_a_renamed_collection_is_refused_unless_replayed() {
        let mut all = collections();
        let first = rename("Liver", "Leber", 2);
        assert_eq!(first.apply(&mut all, EditMode::Strict), Ok(0));
        let second = rename("Liver", "Foie", 3);
        let refused = second.apply(&mut all, EditMode::Strict);
        let conflict = CollectionDiff {
            renamed: Some("Leber".to_owned()),
            ..CollectionDiff::default()
        };
        assert_eq!(refused, Err(EditError::Conflict(conflict)));
        assert_eq!(all["1"].record.collection.name, "Leber");
        assert_eq!(second.apply(&mut all, EditMode::Replay), Ok(0));
        assert_eq!(all["1"].record.collection.name, "Foie");
    }

    #[test]
    fn edit_of_a_deleted_collection_is_refused_unless_replayed() {
        let mut all = collections();
        let delete = edit(CollectionEdit::Delete, 2);
        assert_eq!(delete.apply(&mut all, EditMode::Strict), Ok(0));
        let add = edit(CollectionEdit::Add(texts(&["b:D"])), 3);
        assert_eq!(add.apply(&mut all, EditMode::Strict), Err(EditError::Gone));
        assert_eq!(add.apply(&mut all, EditMode::Replay), Ok(1));
        assert_eq!(all["1"].record.deleted, Some(at(2)));
    }

    #[test]
    fn going_back_is_a_change_that_can_be_undone() {
        let mut all = collections();
        for edit in [
            rename("Liver", "Leber", 2),
            edit(CollectionEdit::Add(texts(&["b:D"])), 2),
            edit(CollectionEdit::Remove(texts(&["a:D"])), 2),
            edit(CollectionEdit::GoBack(1), 2),
        ] {
            edit.apply(&mut all, EditMode::Strict).expect("applied");
        }
        let content = |name: &str, members: &[&str]| Content {
            name: name.to_owned(),
            members: texts(members),
        };
        assert_eq!(all["1"].record.content(), content("Liver", &["a:D"]));
        edit(CollectionEdit::GoBack(4), 3)
            .apply(&mut all, EditMode::Strict)
            .expect("applied");
        assert_eq!(all["1"].record.content(), content("Leber", &["b:D"]));
        assert_eq!(all["1"].history.newest_first().count(), 5);
    }

    #[test]
    fn replayed_creation_creates_no_second_collection() {
        let mut all = collections();
        let replayed = local_edit(create(&[]), 9).apply(&mut all, EditMode::Replay);
        assert_eq!((replayed, all.len()), (Ok(0), 1));
        assert_eq!(all["1"].record.collection.members, ["a:D"]);
    }

    #[test]
    fn blank_name_is_refused() {
        let blank = edit(CollectionEdit::Rename(" ".to_owned()), 2);
        assert_eq!(blank.check_name(), Err(EditError::BlankName));
        assert_eq!(rename("Liver", "Leber", 2).check_name(), Ok(()));
    }
}
