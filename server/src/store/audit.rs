//! What the audit stream says, in steps.

use super::{Store, StoreError};
use std::collections::BTreeMap;

/// Entries asked for per step.
const ENTRIES: u32 = 1_000;

/// One entry of the audit stream.
#[derive(Debug, Clone, serde::Serialize)]
pub struct AuditEntry {
    /// Its id in the stream: milliseconds since 1970, and a number.
    pub id: String,
    /// What it says.
    #[serde(flatten)]
    pub fields: BTreeMap<String, String>,
}

impl Store {
    /// The entries after the one with this id, or from the beginning, oldest first; none after the last.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn audit(&self, after: Option<&str>) -> Result<Vec<AuditEntry>, StoreError> {
        let mut range = redis::cmd("XRANGE");
        range
            .arg(self.keys.audit())
            .arg(after.map_or("-".to_owned(), |id| format!("({id}")))
            .arg("+")
            .arg("COUNT")
            .arg(ENTRIES);
        let entries: Vec<(String, BTreeMap<String, String>)> =
            self.connection.query(&range).await?;
        Ok(entries
            .into_iter()
            .map(|(id, fields)| AuditEntry { id, fields })
            .collect())
    }
}
