//! `/api/v1/collections/{id}/history`: what a collection was before its last changes.

use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// One change of a collection that its owner can go back over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PastChange {
    /// Number of the change, counted from 1 for each collection.
    pub number: u32,
    /// When it was made; for one that was made elsewhere, when the collection says it was changed.
    pub at: Timestamp,
    /// Whether it was not made here but by a transfer, its undo, or another program.
    pub elsewhere: bool,
    /// The name before it.
    pub name: String,
    /// Whether it gave the collection another name.
    pub renamed: bool,
    /// How many members there were before it.
    pub num_members: u64,
    /// How many members came.
    pub added: u64,
    /// How many members went.
    pub removed: u64,
}

/// Answer of `GET /api/v1/collections/{id}/history`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct History {
    /// The last changes, at most 20, the newest first.
    pub changes: Vec<PastChange>,
}
