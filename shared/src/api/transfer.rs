//! Bodies of requests for a transfer.

use super::plan::Action;
use crate::timestamp::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The chosen actions by item key. Other items take their default action.
pub type Choices = BTreeMap<String, Action>;

/// Body of `POST /api/v1/migrations`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MigrationRequest {
    /// The user's choices.
    #[serde(default)]
    pub choices: Choices,
}

/// A collection made in the browser without signing in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LocalCollection {
    /// The id in the browser.
    pub id: String,
    /// Free text.
    pub name: String,
    /// The creation time.
    pub created: Timestamp,
    /// The time of the last change.
    pub changed: Timestamp,
    /// The members in the user's order.
    pub members: Vec<String>,
    /// A note about the origin, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A source of collections on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NamedSource {
    /// GN2's anonymous sessions, proven by the signed cookies `session` and `anon_user_v1`.
    Session,
}

/// Body of `POST /api/v1/imports/plan`: either `collections` or `source`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportPlanRequest {
    /// The collections in the browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collections: Option<Vec<LocalCollection>>,
    /// The source on the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<NamedSource>,
}

/// Body of `POST /api/v1/imports`: the same `collections` that were planned, or the same `source`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// The collections in the browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collections: Option<Vec<LocalCollection>>,
    /// The source on the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<NamedSource>,
    /// The user's choices.
    #[serde(default)]
    pub choices: Choices,
}
