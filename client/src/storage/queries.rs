//! Reads and writes within one transaction.

use super::error::StorageError;
use super::record::CollectionRecord;
use super::schema::{COLLECTIONS, HISTORY, IMPORT_DISMISSED, SESSION_DISMISSED, SETTINGS};
use crate::browser::clock::now;
use crate::browser::json;
use crate::edit::local_edit::{EditMode, LocalEdit, LocalEditKind, StoredCollection};
use crate::edit::{EditError, SaveOutcome};
use idb::Transaction;
use serde::{Deserialize, Serialize};
use shared::history::Changes;
use std::collections::BTreeMap;
use wasm_bindgen::JsValue;

/// The content of the database, without the history of the collections.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DatabaseContents {
    /// All collections, including deleted ones.
    pub records: Vec<CollectionRecord>,
    /// Whether the user has dismissed the offer to import since the last change.
    pub import_dismissed: bool,
    /// The content of GN2's anonymous session whose offer the user has dismissed.
    pub session_dismissed: Option<String>,
}

/// The history of one collection, as the database holds it.
#[derive(Serialize, Deserialize)]
struct HistoryRecord {
    id: String,
    steps: Changes,
}

pub(super) async fn read(transaction: &Transaction) -> Result<DatabaseContents, StorageError> {
    let collections = transaction.object_store(COLLECTIONS)?;
    let history = transaction.object_store(HISTORY)?;
    let settings = transaction.object_store(SETTINGS)?;
    let values = collections.get_all(None, None)?.await?;
    let import_dismissed = settings.get(JsValue::from_str(IMPORT_DISMISSED))?.await?;
    let session_dismissed = settings.get(JsValue::from_str(SESSION_DISMISSED))?.await?;
    let now = now();
    let (expired, records): (Vec<CollectionRecord>, Vec<CollectionRecord>) = values
        .into_iter()
        .filter_map(json::from_value::<CollectionRecord>)
        .partition(|record| record.is_expired(now));
    for record in &expired {
        let id = JsValue::from_str(&record.collection.id);
        collections.delete(id.clone())?;
        history.delete(id)?;
    }
    Ok(DatabaseContents {
        records,
        import_dismissed: import_dismissed.is_some(),
        session_dismissed: session_dismissed.and_then(|value| value.as_string()),
    })
}

/// Reads the collections that the edits concern, applies the edits, and writes the collections that
/// they have changed.
pub(super) async fn write(
    transaction: &Transaction,
    edits: &[(&LocalEdit, EditMode)],
) -> Result<SaveOutcome, EditError> {
    let before = read_collections(transaction, edits).await?;
    let mut after = before.clone();
    let mut added = 0;
    for (edit, mode) in edits {
        match edit.apply(&mut after, *mode) {
            Ok(number) => added = number,
            // An edit that waited and no longer fits must not keep the edits after it from being
            // stored.
            Err(_) if *mode == EditMode::Replay => {}
            Err(error) => return Err(error),
        }
        write_setting(transaction, edit)?;
    }
    for (id, collection) in &after {
        let old = before.get(id);
        if old.is_none_or(|old| old.record != collection.record) {
            put(transaction, COLLECTIONS, &collection.record)?;
        }
        if old.is_some_and(|old| old.history != collection.history) {
            let (id, steps) = (id.clone(), collection.history.clone());
            put(transaction, HISTORY, &HistoryRecord { id, steps })?;
        }
    }
    Ok(SaveOutcome {
        added,
        records: after.into_values().map(|stored| stored.record).collect(),
        ..SaveOutcome::default()
    })
}

async fn read_collections(
    transaction: &Transaction,
    edits: &[(&LocalEdit, EditMode)],
) -> Result<BTreeMap<String, StoredCollection>, StorageError> {
    let store = transaction.object_store(COLLECTIONS)?;
    let mut collections = BTreeMap::new();
    for id in edits.iter().flat_map(|(edit, _)| &edit.ids) {
        let value = store.get(JsValue::from_str(id))?.await?;
        if let Some(record) = value.and_then(json::from_value) {
            let history = read_history(transaction, id).await?;
            collections.insert(id.clone(), StoredCollection { record, history });
        }
    }
    Ok(collections)
}

pub(super) async fn read_history(
    transaction: &Transaction,
    id: &str,
) -> Result<Changes, StorageError> {
    let history = transaction.object_store(HISTORY)?;
    let value = history.get(JsValue::from_str(id))?.await?;
    let record = value.and_then(json::from_value::<HistoryRecord>);
    Ok(record.map(|record| record.steps).unwrap_or_default())
}

fn write_setting(transaction: &Transaction, edit: &LocalEdit) -> Result<(), StorageError> {
    let settings = transaction.object_store(SETTINGS)?;
    let key = |name| JsValue::from_str(name);
    match &edit.kind {
        LocalEditKind::DismissImport => {
            settings.put(&JsValue::from_str("yes"), Some(&key(IMPORT_DISMISSED)))?;
        }
        LocalEditKind::DismissSession(content) => {
            settings.put(&JsValue::from_str(content), Some(&key(SESSION_DISMISSED)))?;
        }
        _ if edit.changes_content() => {
            settings.delete(key(IMPORT_DISMISSED))?;
        }
        _ => {}
    }
    Ok(())
}

fn put(transaction: &Transaction, store: &str, value: &impl Serialize) -> Result<(), StorageError> {
    let value = json::to_value(value)
        .ok_or_else(|| StorageError::Failed("a record that cannot be stored".to_owned()))?;
    // The transaction reports the result of the request.
    drop(transaction.object_store(store)?.put(&value, None)?);
    Ok(())
}
