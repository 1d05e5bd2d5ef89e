//! The collections in this browser, action by action.

use super::*;
use crate::edit::CollectionEdit;
use shared::timestamp::Timestamp;
use uuid::Uuid;

fn record(id: &str, created: i64, members: &[&str]) -> CollectionRecord {
    let at = Timestamp::from_unix(created).expect("a point in time");
    let members = members.iter().map(ToString::to_string).collect();
    CollectionRecord::new(id.to_owned(), "Name", members, at)
}

fn load(records: Vec<CollectionRecord>) -> LocalAction {
    LocalAction::Loaded(DatabaseContents {
        records,
        ..DatabaseContents::default()
    })
}

fn loaded(records: Vec<CollectionRecord>) -> Rc<LocalState> {
    Rc::new(LocalState::default()).reduce(load(records))
}

fn edited(id: &str, kind: LocalEditKind, outcome: SaveOutcome) -> LocalAction {
    let edit = LocalEdit {
        ids: vec![id.to_owned()],
        kind,
        expected_name: None,
        at: Timestamp::from_unix(9).expect("a point in time"),
    };
    LocalAction::Edited(edit, outcome)
}

fn stored(id: &str, kind: LocalEditKind, records: Vec<CollectionRecord>) -> LocalAction {
    let outcome = SaveOutcome {
        records,
        ..SaveOutcome::default()
    };
    edited(id, kind, outcome)
}

fn ids(state: &LocalState) -> Vec<&str> {
    let entries = state.entries.iter();
    entries.map(|entry| entry.collection.id.as_str()).collect()
}

#[test]
fn entries_are_collections_that_are_not_deleted_oldest_first() {
    let mut deleted = record("c", 3, &["x:D"]);
    deleted.deleted = Some(deleted.collection.created);
    let state = loaded(vec![
        record("a", 2, &[]),
        record("b", 1, &[]),
        deleted.clone(),
    ]);
    assert_eq!(ids(&state), ["b", "a"]);
    assert_eq!(state.deleted().collect::<Vec<_>>(), [&deleted]);
    deleted.deleted = None;
    let restored = state.reduce(stored("c", LocalEditKind::Restore, vec![deleted]));
    assert_eq!(ids(&restored), ["b", "a", "c"]);
    assert_eq!(restored.deleted().count(), 0);
}

#[test]
fn import_is_offered_for_filled_collections_that_were_not_imported() {
    assert!(!loaded(vec![record("a", 1, &[])]).offers_import());
    let mut one = record("a", 1, &["x:D"]);
    let state = loaded(vec![one.clone()]);
    assert!(state.offers_import());
    let dismissed = state
        .clone()
        .reduce(stored("", LocalEditKind::DismissImport, Vec::new()));
    assert!(!dismissed.offers_import());
    assert!(Rc::ptr_eq(&dismissed.entries, &state.entries));
    one.imported = Some(Uuid::nil());
    assert!(!loaded(vec![one]).offers_import());
}

#[test]
fn unsaved_edit_is_shown_until_it_is_stored() {
    let state = loaded(vec![record("a", 1, &["x:D"])]);
    let failed = state.reduce(LocalAction::Failed(StorageError::Newer));
    assert!(matches!(failed.status, LocalStatus::Unavailable(_)));
    assert_eq!(ids(&failed), ["a"], "the known collections stay visible");

    let create = LocalEditKind::Create {
        name: "Brain".into(),
        members: vec!["y:D".into()],
        note: None,
    };
    let outcome = SaveOutcome {
        unsaved: Some(StorageError::Newer),
        ..SaveOutcome::default()
    };
    let unsaved = failed.reduce(edited("b", create, outcome));
    assert_eq!(ids(&unsaved), ["a", "b"]);
    assert!(unsaved.unsaved.is_some());
    // Another tab has stored something else in the meantime.
    let read = unsaved.reduce(load(vec![record("c", 1, &[])]));
    assert_eq!(ids(&read), ["c", "b"]);
    assert!(read.unsaved.is_some());
    let saved = read.reduce(LocalAction::PendingStored);
    assert_eq!(ids(&saved), ["c", "b"]);
    assert!(saved.unsaved.is_none());
}

#[test]
fn unsaved_deletion_is_applied_to_the_shown_collections() {
    let state = loaded(vec![record("a", 1, &["x:D"])]);
    let outcome = SaveOutcome {
        unsaved: Some(StorageError::Full),
        ..SaveOutcome::default()
    };
    let delete = LocalEditKind::Edit(CollectionEdit::Delete);
    let deleted = state.reduce(edited("a", delete, outcome));
    assert_eq!((ids(&deleted).len(), deleted.deleted().count()), (0, 1));
}
