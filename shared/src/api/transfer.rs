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
}

/// Body of `POST /api/v1/imports/plan`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportPlanRequest {
    /// What the browser holds.
    pub collections: Vec<LocalCollection>,
}

/// Body of `POST /api/v1/imports`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// The same collections that were planned.
    pub collections: Vec<LocalCollection>,
    /// What the user chose.
    #[serde(default)]
    pub choices: Choices,
}
