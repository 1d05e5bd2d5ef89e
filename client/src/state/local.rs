//! The collections in this browser, as the page knows them.

use crate::storage::change::{Asked, Stored};
use crate::storage::store::Contents;
use crate::storage::{Change, Done, Record, StorageError, What};
use shared::api::LocalCollection;
use shared::history::Steps;
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
    /// Not to be used, or not any more: what is made and changed is kept in this page only.
    Unavailable(Rc<StorageError>),
}

/// One collection in this browser.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// Why the last changes are not stored, if they are not; what is shown has them all the same.
    pub unsaved: Option<Rc<StorageError>>,
    /// Whether the browser keeps what is stored until the user deletes it, as far as it has said so.
    pub lasts: Option<bool>,
    /// Everything that is shown and what is in the bin, by id.
    pub records: Rc<BTreeMap<String, Record>>,
    waiting: Vec<Change>,
}

/// What can happen to [`LocalState`].
#[derive(Debug)]
pub enum LocalAction {
    /// The database was read.
    Loaded(Contents),
    /// A change was made, and has come to this.
    Changed(Change, Done),
    /// Everything that waited is stored.
    Saved,
    /// It is still not stored, for this reason.
    NotSaved(StorageError),
    /// The database cannot be used, or not any more.
    Failed(StorageError),
    /// The browser says whether it keeps what is stored.
    Lasts(Option<bool>),
}

impl Default for LocalState {
    fn default() -> Self {
        Self {
            status: LocalStatus::Loading,
            entries: Rc::new([]),
            bin: Rc::new([]),
            kept: false,
            left: None,
            unsaved: None,
            lasts: None,
            records: Rc::default(),
            waiting: Vec::new(),
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

    /// Makes a change in what is shown. What came first stays first: where it does not fit it is passed over.
    fn make(&mut self, change: &Change) {
        let mut concerned = BTreeMap::new();
        let records = Rc::make_mut(&mut self.records);
        for id in &change.ids {
            if let Some(record) = records.remove(id) {
                let steps = Steps::default();
                concerned.insert(id.clone(), Stored { record, steps });
            }
        }
        // Refused only for names that have changed, and whoever was told that it waits is not asked again.
        let _ = change.make(&mut concerned, Asked::Before);
        let concerned = concerned.into_iter();
        records.extend(concerned.map(|(id, stored)| (id, stored.record)));
        self.choose(change);
    }

    /// What a change says of the user's choices.
    fn choose(&mut self, change: &Change) {
        match &change.what {
            What::KeepHere => self.kept = true,
            What::LeaveThere(what) => self.left = Some(what.as_str().into()),
            _ if change.reopens() => self.kept = false,
            _ => {}
        }
    }

    /// Lists and bin as the records are now.
    fn listed(mut self) -> Self {
        let mut entries: Vec<LocalEntry> = self
            .records
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
        if *self.entries != *entries {
            self.entries = entries.into();
        }
        let bin = self.records.values().filter_map(|record| {
            Some(Binned {
                id: record.collection.id.clone(),
                name: record.collection.name.clone(),
                num_members: record.collection.members.len() as u64,
                deleted: record.deleted?,
            })
        });
        self.bin = bin.collect();
        self
    }
}

impl Reducible for LocalState {
    type Action = LocalAction;

    fn reduce(self: Rc<Self>, action: LocalAction) -> Rc<Self> {
        let mut next = LocalState::clone(&self);
        let by_id = |record: Record| (record.collection.id.clone(), record);
        match action {
            LocalAction::Loaded(contents) => {
                next.status = LocalStatus::Ready;
                // Not collected, which would sort first, by much code.
                let mut records = BTreeMap::new();
                records.extend(contents.records.into_iter().map(by_id));
                next.records = Rc::new(records);
                next.kept = contents.kept;
                next.left = contents.left.map(Rc::from);
                for change in &self.waiting {
                    next.make(change);
                }
            }
            LocalAction::Changed(change, Done::Stored { records, .. }) => {
                Rc::make_mut(&mut next.records).extend(records.into_iter().map(by_id));
                next.choose(&change);
                (next.unsaved, next.waiting) = (None, Vec::new());
            }
            LocalAction::Changed(change, Done::Waits(error)) => {
                next.make(&change);
                next.waiting.push(change);
                next.unsaved = Some(Rc::new(error));
            }
            LocalAction::Saved => (next.unsaved, next.waiting) = (None, Vec::new()),
            LocalAction::NotSaved(error) => next.unsaved = Some(Rc::new(error)),
            LocalAction::Failed(error) => next.status = LocalStatus::Unavailable(Rc::new(error)),
            LocalAction::Lasts(lasts) => next.lasts = lasts,
        }
        Rc::new(next.listed())
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

    fn change(id: &str, what: What) -> Change {
        Change {
            ids: vec![id.to_owned()],
            what,
            at: Timestamp::from_unix(9).expect("a point in time"),
        }
    }

    fn stored(change: Change, records: Vec<Record>) -> LocalAction {
        LocalAction::Changed(change, Done::Stored { records, added: 0 })
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
        let restore = change("c", What::Restore);
        let restored = state.reduce(stored(restore, vec![deleted]));
        assert_eq!(ids(&restored), ["b", "a", "c"]);
        assert!(restored.bin.is_empty());
    }

    #[test]
    fn offers_what_is_neither_empty_nor_imported_nor_kept() {
        assert!(!loaded(vec![record("a", 1, &[])]).offer());
        let mut one = record("a", 1, &["x:D"]);
        let state = loaded(vec![one.clone()]);
        assert!(state.offer());
        let kept = state
            .clone()
            .reduce(stored(change("", What::KeepHere), Vec::new()));
        assert!(!kept.offer());
        assert!(Rc::ptr_eq(&kept.entries, &state.entries));
        one.imported = Some(Uuid::nil());
        assert!(!loaded(vec![one]).offer());
    }

    #[test]
    fn what_is_not_stored_is_shown_until_it_is() {
        let state = loaded(vec![record("a", 1, &["x:D"])]);
        let lost = state.reduce(LocalAction::Failed(StorageError::Newer));
        assert!(matches!(lost.status, LocalStatus::Unavailable(_)));
        assert_eq!(ids(&lost), ["a"], "what is known is not hidden");

        let make = change("b", What::Create("Brain".into(), vec!["y:D".into()], None));
        let waits = LocalAction::Changed(make.clone(), Done::Waits(StorageError::Newer));
        let unsaved = lost.reduce(waits);
        assert_eq!(
            (ids(&unsaved), unsaved.unsaved.is_some()),
            (vec!["a", "b"], true)
        );
        // Another tab has stored something else meanwhile.
        let read = Contents {
            records: vec![record("c", 1, &[])],
            ..Contents::default()
        };
        let read = unsaved.reduce(LocalAction::Loaded(read));
        assert_eq!((ids(&read), read.unsaved.is_some()), (vec!["c", "b"], true));
        let saved = read.reduce(LocalAction::Saved);
        assert_eq!(
            (ids(&saved), saved.unsaved.is_some()),
            (vec!["c", "b"], false)
        );
    }
}
