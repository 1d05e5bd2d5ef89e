//! `/api/v1/collections`: the account's own collections.

use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A collection of an account, without its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CollectionSummary {
    /// The stable id of the collection.
    pub id: Uuid,
    /// Free text in any script.
    pub name: String,
    /// The creation time.
    pub created: Timestamp,
    /// The time of the last change.
    pub changed: Timestamp,
    /// The number of members, counted from the list itself.
    pub num_members: u64,
}

/// A collection of an account, with its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CollectionDetail {
    /// The collection without its members.
    #[serde(flatten)]
    pub summary: CollectionSummary,
    /// Members in stored order, each normally `trait:dataset`.
    pub members: Vec<String>,
    /// A note about the origin, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Response of `GET /api/v1/collections/{id}/signatures`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberSignatures {
    /// Each member of the collection that GN2 can import, with GN2's signature of it: 20 hex
    /// digits.
    pub signatures: BTreeMap<String, String>,
}

/// An entry of the account's list that is not a collection. It stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnreadableEntry {
    /// The position in the stored list, from 0.
    pub position: u32,
    /// The reason, in words.
    pub reason: String,
}

/// Response of `GET /api/v1/collections`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CollectionList {
    /// The readable collections, in stored order.
    pub collections: Vec<CollectionSummary>,
    /// The unreadable entries. Absent when there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<UnreadableEntry>,
}

/// Body of `POST /api/v1/collections`. The response is a [`CollectionSummary`] with its `ETag`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateCollection {
    /// The name: not blank, at most 500 characters.
    pub name: String,
    /// The members, each `trait:dataset`. Repeated ones are skipped.
    #[serde(default)]
    pub members: Vec<String>,
    /// A note about the origin: at most 2,000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Body of `POST /api/v1/collections/batch`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CollectionBatch {
    /// The collections to delete, at least one, as `GET /api/v1/collections` lists them. None is
    /// deleted if one of them was changed or deleted since.
    pub delete: Vec<ShownCollection>,
}

/// A collection as a page shows it in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ShownCollection {
    /// The stable id of the collection.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The time of the last change.
    pub changed: Timestamp,
    /// The number of members.
    pub num_members: u64,
}

/// Body of `PATCH /api/v1/collections/{id}`. Absent fields change nothing. The response is a
/// [`CollectionSummary`] with its new `ETag`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PatchCollection {
    /// The new name: not blank, at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The members to add at the end, each `trait:dataset`. Existing ones are skipped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<String>,
    /// The members to remove. Others than existing ones are skipped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remove: Vec<String>,
}
