//! The history of a collection that other programs change as well.

use super::changes::{Changes, Content};
use crate::api::PastChange;
use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The last changes of a collection, and its content after the last of them.
///
/// If the collection has other content now, a transfer or another program has changed it. That
/// becomes a change of its own, so that its owner can revert it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionHistory {
    /// The content after the last change.
    content: Content,
    #[serde(rename = "steps")]
    changes: Changes,
    /// The last change that was requested here.
    #[serde(rename = "made", default, skip_serializing_if = "Option::is_none")]
    last_edit: Option<LastEdit>,
}

/// A change that was requested here. A repeated request is recognised by it, because the response
/// to the first one may have been lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastEdit {
    /// Hash of the request and the version that it expected.
    pub request: String,
    /// The version of the collection after the change.
    pub version: String,
}

impl CollectionHistory {
    /// Makes a history without changes.
    pub fn new(content: Content) -> Self {
        Self {
            content,
            changes: Changes::default(),
            last_edit: None,
        }
    }

    /// Records a change by another program if the content differs. `changed` is the collection's
    /// own time of change.
    pub fn observe(&mut self, content: Content, changed: Timestamp) {
        self.push(content, changed, true);
    }

    /// Records a change that was requested here.
    pub fn record(&mut self, after: Content, at: Timestamp, edit: LastEdit) {
        self.push(after, at, false);
        self.last_edit = Some(edit);
    }

    /// The version after the last change that was requested here, if this request made it.
    pub fn version_after(&self, request: &str) -> Option<&str> {
        let edit = self.last_edit.as_ref()?;
        (edit.request == request).then_some(edit.version.as_str())
    }

    /// The changes, the newest first.
    pub fn changes(&self) -> Vec<PastChange> {
        self.changes.newest_first().cloned().collect()
    }

    /// The content before the change with this number.
    pub fn before(&self, number: u32) -> Option<Content> {
        self.changes.before(number, &self.content)
    }

    /// Every member that the collection has now or had before one of the changes.
    pub fn all_members(&self) -> HashSet<String> {
        let changes = self.changes.newest_first();
        let contents = changes.filter_map(|change| self.before(change.number));
        let past = contents.flat_map(|content| content.members);
        past.chain(self.content.members.iter().cloned()).collect()
    }

    fn push(&mut self, after: Content, at: Timestamp, elsewhere: bool) {
        self.changes.record(&self.content, &after, at, elsewhere);
        self.content = after;
    }
}
