//! The collections in this browser, as the page knows them.

use crate::storage::store::Contents;
use crate::storage::{Record, StorageError};
use shared::api::LocalCollection;
use shared::timestamp::Timestamp;
use std::collections::BTreeMap;
use std::rc::Rc;
use uuid::Uuid;
use yew::Reducible;

/// Whether the browser's database can be used.
#[derive(Debug, Clone, PartialEq)]
pub enum LocalStatus {
    /// Being opened.
    Loading,
    /// Open and read.
    Ready,
    /// Not to be used; the page works without.
    Unavailable(Rc<StorageError>),
}

/// One collection in this browser.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalEntry {
    /// The collection.
    pub collection: LocalCollection,
    /// The receipt of the import that took it over, if its content has not changed since.
    pub imported: Option<Uuid>,
}

/// One collection in the bin of this browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binned {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many members it has.
    pub num_members: u64,
    /// When it was deleted.
    pub deleted: Timestamp,
}

/// What the database holds.
#[derive(Debug, Clone, PartialEq)]
pub struct LocalState {
    /// Whether the database can be used.
    pub status: LocalStatus,
    /// Collections that are not in the bin, oldest first.
    pub entries: Rc<[LocalEntry]>,
    /// What is in the bin, in no order.
    pub bin: Rc<[Binned]>,
    /// The user chose "Keep here" after the last change.
    pub kept: bool,
    /// What GN2 kept for this browser when the user chose to leave it there.
    pub left: Option<Rc<str>>,
    records: BTreeMap<String, Record>,
}

/// What can happen to [`LocalState`].
#[derive(Debug)]
pub enum LocalAction {
    /// The database was read.
    Loaded(Contents),
    /// See [`LocalState::left`].
    Left(String),
    /// These records are now stored as they are here.
    Stored {
        /// New and changed records.
        records: Vec<Record>,
        /// The new value of [`LocalState::kept`]; `None` leaves it.
        kept: Option<bool>,
    },
    /// The database cannot be used.
    Failed(StorageError),
}

impl Default for LocalState {
    fn default() -> Self {
        Self {
            status: LocalStatus::Loading,
            entries: Rc::new([]),
            bin: Rc::new([]),
            kept: false,
            left: None,
            records: BTreeMap::new(),
        }
    }
}

impl LocalState {
    /// Whether there is something to import that the user has not decided about.
    pub fn offer(&self) -> bool {
        !self.kept
            && self
                .entries
                .iter()
                .any(|entry| entry.imported.is_none() && !entry.collection.members.is_empty())
    }

    fn with_records(&self, records: BTreeMap<String, Record>, kept: bool) -> Self {
        let mut entries: Vec<LocalEntry> = records
            .values()
            .filter(|record| record.deleted.is_none())
            .map(|record| LocalEntry {
                collection: record.collection.clone(),
                imported: record.imported,
            })
            .collect();
        entries.sort_unstable_by(|one, two| {
            let key = |entry: &LocalEntry| (entry.collection.created, entry.collection.id.clone());
            key(one).cmp(&key(two))
        });
        // The same list stays the same pointer, so that nothing is drawn or planned anew for it.
        let entries = if *self.entries == *entries {
            self.entries.clone()
        } else {
            entries.into()
        };
        let bin = records.values().filter_map(|record| {
            Some(Binned {
                id: record.collection.id.clone(),
                name: record.collection.name.clone(),
                num_members: record.collection.members.len() as u64,
                deleted: record.deleted?,
            })
        });
        Self {
            status: LocalStatus::Ready,
            entries,
            bin: bin.collect(),
            kept,
            left: self.left.clone(),
            records,
        }
    }
}

impl Reducible for LocalState {
    type Action = LocalAction;

    fn reduce(self: Rc<Self>, action: LocalAction) -> Rc<Self> {
        let by_id = |records: Vec<Record>| {
            records
                .into_iter()
                .map(|record| (record.collection.id.clone(), record))
        };
        Rc::new(match action {
            LocalAction::Loaded(contents) => {
                let mut all = BTreeMap::new();
                all.extend(by_id(contents.records));
                Self {
                    left: contents.left.map(Rc::from),
                    ..self.with_records(all, contents.kept)
                }
            }
            LocalAction::Left(what) => Self {
                left: Some(what.into()),
                ..LocalState::clone(&self)
            },
            LocalAction::Stored { records, kept } => {
                let mut all = self.records.clone();
                all.extend(by_id(records));
                self.with_records(all, kept.unwrap_or(self.kept))
            }
            LocalAction::Failed(error) => Self {
                status: LocalStatus::Unavailable(Rc::new(error)),
                ..Self::default()
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: &str, created: i64, members: &[&str]) -> Record {
        let at = Timestamp::from_unix(created).expect("a point in time");
        let members = members.iter().map(ToString::to_string).collect();
        Record::new(id.to_owned(), "Name", members, at)
    }

    fn loaded(records: Vec<Record>) -> Rc<LocalState> {
        Rc::new(LocalState::default()).reduce(LocalAction::Loaded(Contents {
            records,
            ..Contents::default()
        }))
    }

    fn ids(state: &LocalState) -> Vec<&str> {
        let ids = state
            .entries
            .iter()
            .map(|entry| entry.collection.id.as_str());
        ids.collect()
    }

    #[test]
    fn lists_what_is_not_in_the_bin_oldest_first() {
        let mut deleted = record("c", 3, &["x:D"]);
        deleted.deleted = Some(deleted.collection.created);
        let state = loaded(vec![
            record("a", 2, &[]),
            record("b", 1, &[]),
            deleted.clone(),
        ]);
        assert_eq!(ids(&state), ["b", "a"]);
        assert_eq!((state.bin.len(), state.bin[0].id.as_str()), (1, "c"));
        deleted.deleted = None;
        let restored = state.reduce(LocalAction::Stored {
            records: vec![deleted],
            kept: None,
        });
        assert_eq!(ids(&restored), ["b", "a", "c"]);
        assert!(restored.bin.is_empty());
    }

    #[test]
    fn offers_what_is_neither_empty_nor_imported_nor_kept() {
        assert!(!loaded(vec![record("a", 1, &[])]).offer());
        let mut one = record("a", 1, &["x:D"]);
        let state = loaded(vec![one.clone()]);
        assert!(state.offer());
        let kept = state.clone().reduce(LocalAction::Stored {
            records: Vec::new(),
            kept: Some(true),
        });
        assert!(!kept.offer());
        assert!(Rc::ptr_eq(&kept.entries, &state.entries));
        one.imported = Some(Uuid::nil());
        assert!(!loaded(vec![one]).offer());
    }

    #[test]
    fn shows_nothing_when_the_database_is_lost() {
        let state = loaded(vec![record("a", 1, &["x:D"])]);
        let lost = state.reduce(LocalAction::Failed(StorageError::Unavailable));
        assert!(lost.entries.is_empty());
        assert!(matches!(lost.status, LocalStatus::Unavailable(_)));
    }
}
