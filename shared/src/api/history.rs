//! `/api/v1/collections/{id}/history`: the last changes of a collection.

use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// A change of a collection that its owner can revert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PastChange {
    /// The number of the change, from 1 for each collection.
    pub number: u32,
    /// The time of the change. For a change made elsewhere, the collection's own time of change.
    pub at: Timestamp,
    /// Whether a transfer, its undo or another program made the change.
    pub elsewhere: bool,
    /// The name before the change.
    pub name: String,
    /// Whether the change renamed the collection.
    pub renamed: bool,
    /// The number of members before the change.
    pub num_members: u64,
    /// The number of added members.
    pub added: u64,
    /// The number of removed members.
    pub removed: u64,
}

/// Response of `GET /api/v1/collections/{id}/history`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct History {
    /// The last changes, at most 20, the newest first.
    pub changes: Vec<PastChange>,
}
