//! `/api/v1/collections`: the account's own collections.

use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One collection of an account, without its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CollectionSummary {
    /// Stable id of the collection.
    pub id: Uuid,
    /// Free text in any script.
    pub name: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it last changed.
    pub changed: Timestamp,
    /// How many members it has: counted, not believed.
    pub num_members: u64,
}

/// One collection of an account, with its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CollectionDetail {
    /// The collection without its members.
    #[serde(flatten)]
    pub summary: CollectionSummary,
    /// Members in stored order, each normally `trait:dataset`.
    pub members: Vec<String>,
    /// Where it came from, if somebody noted that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An entry of the account's list that cannot be read as a collection. It stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnreadableEntry {
    /// Place in the stored list, from 0.
    pub position: u32,
    /// Why it cannot be read, in words.
    pub reason: String,
}

/// Answer of `GET /api/v1/collections`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CollectionList {
    /// What can be read, in stored order.
    pub collections: Vec<CollectionSummary>,
    /// What cannot; absent when everything can.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<UnreadableEntry>,
}

/// Body of `POST /api/v1/collections`; the answer is a [`CollectionSummary`] with its `ETag`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateCollection {
    /// Name of the new collection: not blank, at most 500 characters.
    pub name: String,
    /// Its members, each `trait:dataset`; repeated ones are passed over.
    #[serde(default)]
    pub members: Vec<String>,
    /// Where it came from: at most 2,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Body of `PATCH /api/v1/collections/{id}`: what is absent stays as it is. The answer is a
/// [`CollectionSummary`] with its new `ETag`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PatchCollection {
    /// The new name: not blank, at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Members to add at the end, each `trait:dataset`; those already there are passed over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<String>,
    /// Members to take out; those not there are passed over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<String>,
}
