//! Bodies that ask for a transfer.

use super::plan::Action;
use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Item key to the action chosen for it; items not named take their default.
pub type Choices = BTreeMap<String, Action>;

/// Body of `POST /api/v1/migrations`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MigrationRequest {
    /// What the user chose.
    #[serde(default)]
    pub choices: Choices,
}

/// A collection made in the browser without signing in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LocalCollection {
    /// Its id in the browser.
    pub id: String,
    /// Free text.
    pub name: String,
    /// When it was made.
    pub created: Timestamp,
    /// When it last changed.
    pub changed: Timestamp,
    /// Its members, in the user's order.
    pub members: Vec<String>,
    /// Where it came from, if somebody noted that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A source of collections that the server itself knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NamedSource {
    /// GN2's anonymous session, proven by its signed cookie `anon_user_v1`.
    Session,
}

/// Body of `POST /api/v1/imports/plan`: either `collections` or `source`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportPlanRequest {
    /// What the browser holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collections: Option<Vec<LocalCollection>>,
    /// What the server is to look up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<NamedSource>,
}

/// Body of `POST /api/v1/imports`: the same `collections` that were planned, or the same `source`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// What the browser holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collections: Option<Vec<LocalCollection>>,
    /// What the server is to look up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<NamedSource>,
    /// What the user chose.
    #[serde(default)]
    pub choices: Choices,
}
