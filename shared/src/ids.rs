//! Types for ids that must not be confused.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The id of an account or anonymous session of GN2: the field name of its list in the
/// `collections` hash. It is normally a UUID, but every field name is accepted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LegacyOwner(String);

impl LegacyOwner {
    /// Makes an id of a field name.
    pub fn new(field: impl Into<String>) -> Self {
        Self(field.into())
    }

    /// The field name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LegacyOwner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
