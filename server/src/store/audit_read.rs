//! Reads the audit stream in steps, for `gn-collections audit`.

use super::{Store, StoreError};
use std::collections::BTreeMap;

/// Entries per step.
const ENTRIES: u32 = 1_000;

#[derive(Debug, Clone, serde::Serialize)]
pub struct AuditEntry {
    /// Id in the stream: milliseconds since 1970, and a number.
    pub id: String,
    #[serde(flatten)]
    pub fields: BTreeMap<String, String>,
}

impl AuditEntry {
    /// A field's value; empty if there is none.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

/// Some entries of the audit stream, oldest first.
pub struct AuditPage {
    pub entries: Vec<AuditEntry>,
    /// Id of the last entry, after which the next page begins; `None` at the end of the stream.
    pub last: Option<String>,
}

impl Store {
    /// Returns the entries after the one with this id, or from the beginning. Entries that are not
    /// text are not ours, and are left out.
    pub async fn audit(&self, after: Option<&str>) -> Result<AuditPage, StoreError> {
        let mut range = redis::cmd("XRANGE");
        range
            .arg(self.keys.audit())
            .arg(after.map_or("-".to_owned(), |id| format!("({id}")))
            .arg("+")
            .arg("COUNT")
            .arg(ENTRIES);
        let entries: Vec<(String, Vec<Vec<u8>>)> = self.connection.query(&range).await?;
        let last = entries.last().map(|(id, _)| id.clone());
        let read = |(id, values): (String, Vec<Vec<u8>>)| {
            let values = values.into_iter().map(String::from_utf8);
            let values: Vec<String> = values.collect::<Result<_, _>>().ok()?;
            let (pairs, _) = values.as_chunks();
            let fields = pairs.iter().cloned().map(|[name, value]| (name, value));
            let fields = fields.collect();
            Some(AuditEntry { id, fields })
        };
        let entries = entries.into_iter().filter_map(read).collect();
        Ok(AuditPage { entries, last })
    }
}
