//! The history of a collection that other programs change too.

use super::{Content, Steps};
use crate::api::PastChange;
use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// The last changes, and what the collection was after the last of them. When it is something else by now, a transfer
/// or another program has changed it: that becomes a change of its own, so that nothing it overwrote is lost to the owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// The collection after the last change.
    content: Content,
    /// The ways back.
    steps: Steps,
    /// The last change that was made here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    made: Option<Made>,
}

/// A change that was made here, as its repetition is known by: the answer to the request may have been lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Hash of the request, the version included that it was decided on.
    pub request: String,
    /// The version of the collection that it led to.
    pub version: String,
}

impl Ledger {
    /// Without any change so far.
    pub fn new(content: Content) -> Self {
        Self {
            content,
            steps: Steps::default(),
            made: None,
        }
    }

    /// Notes what other programs have made of the collection, if they have; `changed` is when it says it was changed.
    pub fn observe(&mut self, found: Content, changed: Timestamp) {
        self.push(found, changed, true);
    }

    /// Notes a change that we make.
    pub fn note(&mut self, after: Content, at: Timestamp, made: Made) {
        self.push(after, at, false);
        self.made = Some(made);
    }

    /// The version that the last change made here led to, if it was this request that made it.
    pub fn led_to(&self, request: &str) -> Option<&str> {
        let made = self.made.as_ref()?;
        (made.request == request).then_some(made.version.as_str())
    }

    /// The changes, the newest first.
    pub fn changes(&self) -> Vec<PastChange> {
        self.steps.changes().cloned().collect()
    }

    /// What the collection was before the change of this number.
    pub fn before(&self, number: u32) -> Option<Content> {
        self.steps.before(number, &self.content)
    }

    fn push(&mut self, after: Content, at: Timestamp, elsewhere: bool) {
        self.steps.note(&self.content, &after, at, elsewhere);
        self.content = after;
    }
}
