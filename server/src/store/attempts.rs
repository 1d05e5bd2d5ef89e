//! The audit stream: who changed what, and what was refused. Ids and counts only: no addresses, no names.

use super::{Store, StoreError};
use uuid::Uuid;

/// About how many entries are kept. Redis drops the oldest ones beyond, by whole blocks.
const KEPT: &str = "1000000";

/// What the stream keeps of an attempt.
pub struct Audit<'a> {
    /// `migration`, `import`, `undo`, `create`, `edit`, `go-back`, `delete`.
    pub kind: &'a str,
    /// The owners it takes from, separated by spaces; empty for the browser and for edits, and where a
    /// refusal came before they were known.
    pub from: &'a str,
    /// Collections and members concerned; none when it was refused.
    pub counts: (u64, u64),
    /// The request that does it.
    pub request_id: &'a str,
}

impl Audit<'_> {
    /// What `XADD` takes after the key.
    pub(super) fn entry(&self, owner: Uuid, outcome: &str, receipt: Option<Uuid>) -> Vec<String> {
        let (collections, members) = self.counts;
        let fields = [
            ("who", owner.to_string()),
            ("kind", self.kind.to_owned()),
            ("from", self.from.to_owned()),
            ("to", owner.to_string()),
            ("collections", collections.to_string()),
            ("members", members.to_string()),
            ("outcome", outcome.to_owned()),
            (
                "receipt",
                receipt.map_or_else(String::new, |id| id.to_string()),
            ),
            ("request_id", self.request_id.to_owned()),
        ];
        let trim = ["MAXLEN", "~", KEPT, "*"].map(ToOwned::to_owned);
        let fields = fields.into_iter();
        trim.into_iter()
            .chain(fields.flat_map(|(field, value)| [field.to_owned(), value]))
            .collect()
    }
}

impl Store {
    /// Notes an attempt that was refused; `outcome` says why.
    ///
    /// # Errors
    /// [`StoreError`] when Redis fails.
    pub async fn note_refusal(
        &self,
        owner: Uuid,
        audit: &Audit<'_>,
        outcome: &str,
    ) -> Result<(), StoreError> {
        let mut add = redis::cmd("XADD");
        add.arg(self.keys.audit())
            .arg(audit.entry(owner, outcome, None));
        self.connection.query(&add).await
    }
}
