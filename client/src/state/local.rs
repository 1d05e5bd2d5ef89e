//! The collections in this browser, as the page knows them.

use crate::edit::SaveOutcome;
use crate::edit::local_edit::{EditMode, LocalEdit, LocalEditKind, StoredCollection};
use crate::storage::error::StorageError;
use crate::storage::queries::DatabaseContents;
use crate::storage::record::CollectionRecord;
use shared::history::Changes;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::Reducible;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalStatus {
    /// The database is being opened.
    Loading,
    Ready,
    /// The database cannot be used, or no longer. Collections and edits exist in this page only.
    Unavailable(Rc<StorageError>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalState {
    pub status: LocalStatus,
    /// Collections that are not deleted, the oldest first.
    pub entries: Rc<[CollectionRecord]>,
    /// All collections by id, including deleted ones.
    pub records: Rc<BTreeMap<String, CollectionRecord>>,
    /// Whether the user has dismissed the offer to import since the last change.
    pub import_dismissed: bool,
    /// The content of GN2's anonymous session whose offer the user has dismissed.
    pub session_dismissed: Option<Rc<str>>,
    /// Why the browser has not stored the last edits, if it has not. The entries contain these
    /// edits.
    pub unsaved: Option<Rc<StorageError>>,
    /// Whether the browser keeps the database until the user deletes it; `None` until the browser
    /// has said so.
    pub is_persistent: Option<bool>,
    /// Edits that the browser has not stored.
    pending: Vec<LocalEdit>,
}

#[derive(Debug)]
pub enum LocalAction {
    /// The database was read.
    Loaded(DatabaseContents),
    /// An edit was accepted.
    Edited(LocalEdit, SaveOutcome),
    /// All edits that waited are stored.
    PendingStored,
    /// The edits that wait could not be stored.
    PendingFailed(StorageError),
    /// The database cannot be used.
    Failed(StorageError),
    /// The browser has said whether it keeps the database.
    Persistence(Option<bool>),
}

impl Default for LocalState {
    fn default() -> Self {
        Self {
            status: LocalStatus::Loading,
            entries: Rc::new([]),
            records: Rc::default(),
            import_dismissed: false,
            session_dismissed: None,
            unsaved: None,
            is_persistent: None,
            pending: Vec::new(),
        }
    }
}

impl LocalState {
    pub fn is_loading(&self) -> bool {
        self.status == LocalStatus::Loading
    }

    /// Whether there are collections to import that the user has not decided about.
    pub fn offers_import(&self) -> bool {
        !self.import_dismissed
            && self
                .entries
                .iter()
                .any(|entry| entry.imported.is_none() && !entry.collection.members.is_empty())
    }

    /// Deleted collections that can be restored, in no order.
    pub fn deleted(&self) -> impl Iterator<Item = &CollectionRecord> {
        self.records
            .values()
            .filter(|record| record.deleted.is_some())
    }

    fn insert(&mut self, records: Vec<CollectionRecord>) {
        let by_id = records
            .into_iter()
            .map(|record| (record.collection.id.clone(), record));
        Rc::make_mut(&mut self.records).extend(by_id);
    }

    /// Applies an edit that the browser has not stored.
    fn apply(&mut self, edit: &LocalEdit) {
        let records = Rc::make_mut(&mut self.records);
        let mut edited = BTreeMap::new();
        for id in &edit.ids {
            if let Some(record) = records.remove(id) {
                let history = Changes::default();
                edited.insert(id.clone(), StoredCollection { record, history });
            }
        }
        // Going back is refused, because the page does not know the history; the database applies
        // it later.
        let _ = edit.apply(&mut edited, EditMode::Replay);
        self.insert(edited.into_values().map(|stored| stored.record).collect());
        self.apply_to_dismissals(edit);
    }

    fn apply_to_dismissals(&mut self, edit: &LocalEdit) {
        match &edit.kind {
            LocalEditKind::DismissImport => self.import_dismissed = true,
            LocalEditKind::DismissSession(content) => {
                self.session_dismissed = Some(content.as_str().into());
            }
            _ if edit.changes_content() => self.import_dismissed = false,
            _ => {}
        }
    }

    fn update_entries(&mut self) {
        let mut entries: Vec<CollectionRecord> = self
            .records
            .values()
            .filter(|record| record.deleted.is_none())
            .cloned()
            .collect();
        entries.sort_by_cached_key(|entry| (entry.collection.created, entry.collection.id.clone()));
        // An equal list keeps its pointer, so that nothing is drawn or planned again.
        if *self.entries != *entries {
            self.entries = entries.into();
        }
    }
}

impl Reducible for LocalState {
    type Action = LocalAction;

    fn reduce(self: Rc<Self>, action: LocalAction) -> Rc<Self> {
        let mut next = LocalState::clone(&self);
        match action {
            LocalAction::Loaded(contents) => {
                next.status = LocalStatus::Ready;
                next.records = Rc::default();
                next.insert(contents.records);
                next.import_dismissed = contents.import_dismissed;
                next.session_dismissed = contents.session_dismissed.map(Rc::from);
                for edit in &self.pending {
                    next.apply(edit);
                }
            }
            LocalAction::Edited(
                edit,
                SaveOutcome {
                    unsaved, records, ..
                },
            ) => match unsaved {
                None => {
                    next.insert(records);
                    next.apply_to_dismissals(&edit);
                    (next.unsaved, next.pending) = (None, Vec::new());
                }
                Some(error) => {
                    next.apply(&edit);
                    next.pending.push(edit);
                    next.unsaved = Some(Rc::new(error));
                }
            },
            LocalAction::PendingStored => (next.unsaved, next.pending) = (None, Vec::new()),
            LocalAction::PendingFailed(error) => next.unsaved = Some(Rc::new(error)),
            LocalAction::Failed(error) => next.status = LocalStatus::Unavailable(Rc::new(error)),
            LocalAction::Persistence(is_persistent) => next.is_persistent = is_persistent,
        }
        next.update_entries();
        Rc::new(next)
    }
}

#[cfg(test)]
mod tests;
