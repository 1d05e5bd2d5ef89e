//! Ids that must not be mixed up.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Id of an account or anonymous session of the old system: the field name under which its list
/// lies in the `collections` hash. Normally a UUID, but whatever the field name is counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LegacyOwner(String);

impl LegacyOwner {
    /// Takes a field name as it is.
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
