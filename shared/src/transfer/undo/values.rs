//! The stored values that a transfer changed.

use crate::collection::entry_hash;
use crate::ids::LegacyOwner;
use crate::transfer::SourceHash;
use uuid::Uuid;

/// The location of a changed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueLocation {
    /// The list of the account that received.
    Target,
    /// A source's list.
    Source(SourceHash, LegacyOwner),
    /// gn-auth's flag of an address.
    Flag(String),
    /// The note of a collection of the account that received.
    Note(Uuid),
}

/// A value that the transfer changed.
#[derive(Clone)]
#[cfg_attr(test, derive(Debug))]
pub struct ChangedValue {
    /// The location of the value.
    pub location: ValueLocation,
    /// The value before the transfer, or `None` if there was none.
    pub before: Option<Vec<u8>>,
    /// Hex SHA-256 of the value that the transfer wrote, or `None` if it removed the value.
    pub after: Option<String>,
    /// The present value.
    pub current: Option<Vec<u8>>,
}

/// The write to a value on undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UndoWrite {
    /// The value stays as it is.
    Keep,
    /// The value is set.
    Set(Vec<u8>),
    /// The value is removed.
    Remove,
}

impl ChangedValue {
    /// Whether the value is still as the transfer left it.
    pub(super) fn is_unchanged(&self) -> bool {
        let current = self.current.as_deref().map(std::str::from_utf8);
        match (&self.after, current) {
            (None, None) => true,
            (Some(after), Some(Ok(current))) => entry_hash(current) == *after,
            _ => false,
        }
    }

    /// The write that restores the value from before the transfer.
    pub(super) fn restore(&self) -> UndoWrite {
        match &self.before {
            Some(before) => UndoWrite::Set(before.clone()),
            None => UndoWrite::Remove,
        }
    }
}
