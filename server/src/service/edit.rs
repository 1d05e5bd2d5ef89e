//! Applies one edit to an account's list as it is now stored.

use super::collections::{CollectionError, Versioned};
use super::keyed_mutex::KeyedMutex;
use crate::blocking::run_blocking;
use crate::store::{
    ActorKind, AuditRecord, Change, ChangedHash, CommitRequest, CommitResult, HISTORY_DAYS,
    HISTORY_FIELD, Store, StoredValues, Write,
};
use shared::api::CollectionSummary;
use shared::edit::history::{self, RequestHash};
use shared::edit::{CannotEdit, EditOutput};
use shared::history::CollectionHistory;
use shared::notes::{NoteWrite, joined};
use shared::timestamp::Timestamp;
use uuid::Uuid;

/// How often other programs may change the list before the user is asked to try again.
pub(super) const MAX_ATTEMPTS: usize = 40;

/// The account and the request that an edit belongs to.
pub struct EditContext<'a> {
    pub store: &'a Store,
    /// Edits of one account run one after the other.
    pub account_mutex: &'a KeyedMutex<Uuid>,
    pub owner: Uuid,
    pub actor: ActorKind,
    pub request_id: &'a str,
}

/// An edit that only has to be stored.
pub(super) struct PreparedEdit<T> {
    /// [`Write::Keep`] if the list already contains the edit.
    pub(super) write: Write,
    /// The note of a new collection, or the one that the entry has lost.
    pub(super) note: Option<String>,
    /// The notes in other entries of the list, which are copied.
    pub(super) other_notes: Vec<NoteWrite>,
    /// The history after the edit, if one is kept.
    pub(super) history: Option<String>,
    /// Members of the collection, for the audit stream.
    pub(super) members: u64,
    pub(super) response: T,
}

impl From<EditOutput> for PreparedEdit<Versioned<CollectionSummary>> {
    fn from(edited: EditOutput) -> Self {
        let write = edited.list.map(|list| Write::Set(list.into_bytes()));
        Self {
            write: write.unwrap_or(Write::Keep),
            note: edited.note,
            other_notes: edited.other_notes,
            history: None,
            members: edited.summary.num_members,
            response: Versioned {
                value: edited.summary,
                version: edited.version,
            },
        }
    }
}

impl PreparedEdit<Versioned<CollectionSummary>> {
    /// Adds the edit to the history of the collection; `before` is the history without it.
    pub(super) fn with_history(
        edited: EditOutput,
        before: CollectionHistory,
        now: Timestamp,
        request_hash: RequestHash,
    ) -> Result<Self, CannotEdit> {
        let history = match edited.list {
            Some(_) => Some(history::record(&edited, before, now, request_hash)?),
            None => None,
        };
        Ok(Self {
            history,
            ..Self::from(edited)
        })
    }
}

impl EditContext<'_> {
    /// Returns the audit record of an edit whose number of members is not known yet.
    pub(super) fn audit_record(&self, kind: &'static str) -> AuditRecord {
        AuditRecord {
            actor: self.actor,
            kind,
            from: String::new(),
            collections: 1,
            members: 0,
            request_id: self.request_id.to_owned(),
        }
    }

    /// Reads the list, the history and the note of the collection, prepares the edit on them and
    /// stores it. Repeats that if another program changed one of the values in between.
    pub(super) async fn apply<T: Send + 'static>(
        &self,
        kind: &'static str,
        collection: Uuid,
        prepare: impl Fn(&StoredValues) -> Result<PreparedEdit<T>, CannotEdit> + Clone + Send + 'static,
    ) -> Result<T, CollectionError> {
        let _guard = self.account_mutex.lock(self.owner).await;
        for _ in 0..MAX_ATTEMPTS {
            let stored = self.store.stored_values(self.owner, collection).await?;
            let prepare = prepare.clone();
            let (owner, audit) = (self.owner, self.audit_record(kind));
            let prepared = run_blocking(bytes(&stored), move || {
                let prepared = prepare(&stored)?;
                commit_request(owner, collection, audit, stored, prepared)
            });
            let (commit, response) = prepared.await?;
            let Some(commit) = commit else {
                // The list may contain the edit because of the same request before, which no
                // replica had confirmed.
                self.store.wait_for_replicas().await?;
                return Ok(response);
            };
            if let CommitResult::Applied = self.store.commit(commit).await? {
                return Ok(response);
            }
        }
        Err(CollectionError::Contended)
    }
}

fn bytes(stored: &StoredValues) -> usize {
    let values = [&stored.list, &stored.history].into_iter().flatten();
    values.map(Vec::len).sum()
}

/// Returns the change that adds a note to that of the edited collection, if it changes.
fn note_change(collection: Uuid, stored: Option<String>, added: &str) -> Option<Change> {
    let note = joined(stored.as_deref(), added)?;
    Some(Change {
        hash: ChangedHash::Notes,
        field: collection.to_string(),
        expected: stored.map(String::into_bytes),
        write: Write::Set(note.into_bytes()),
    })
}

/// Returns the commit of an edit, or `None` if it changes nothing, and the response.
fn commit_request<T>(
    owner: Uuid,
    collection: Uuid,
    audit: AuditRecord,
    stored: StoredValues,
    prepared: PreparedEdit<T>,
) -> Result<(Option<CommitRequest>, T), CollectionError> {
    if let Write::Keep = prepared.write {
        return Ok((None, prepared.response));
    }
    let mut changes = vec![Change {
        hash: ChangedHash::Collections,
        field: owner.to_string(),
        expected: stored.list,
        write: prepared.write,
    }];
    let added_note = prepared.note.as_deref();
    changes.extend(added_note.and_then(|note| note_change(collection, stored.note, note)));
    changes.extend(prepared.other_notes.into_iter().map(Change::from));
    if let Some(history) = prepared.history {
        changes.push(Change {
            hash: ChangedHash::History,
            field: HISTORY_FIELD.to_owned(),
            expected: stored.history,
            write: Write::Set(history.into_bytes()),
        });
    }
    let commit = CommitRequest {
        owner,
        idempotency: None,
        receipt: None,
        audit: AuditRecord {
            members: prepared.members,
            ..audit
        },
        changes,
        histories: vec![collection],
        history_days: HISTORY_DAYS,
    };
    Ok((Some(commit), prepared.response))
}
