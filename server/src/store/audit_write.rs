//! Writes the audit stream: who changed collections, and which requests were refused. Ids and
//! counts only, no addresses and no names.

use super::{Store, StoreError};
use uuid::Uuid;

/// Approximate length of the stream. Redis drops the oldest entries beyond it, by whole blocks.
const MAX_ENTRIES: &str = "1000000";

/// Who makes a request. The code path decides it: nothing that a client sends is read for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// Somebody with a valid token.
    Person,
    /// Whoever runs a command on the server's machine.
    Operator,
    /// A visitor of GN2 without a token, whom GN2 names.
    Anonymous,
}

impl ActorKind {
    fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Operator => "operator",
            Self::Anonymous => "anonymous",
        }
    }
}

/// A request, as the audit stream records it.
pub struct AuditRecord {
    pub actor: ActorKind,
    /// `migration`, `import`, `undo`, `create`, `edit`, `go-back`, `delete`, `claim`, `assign`,
    /// `withdraw`, `sign-in`, `sign-out`, `read-legacy`.
    pub kind: &'static str,
    /// The source owners, separated by spaces. Empty for the browser, for edits, and for a request
    /// that was refused before they were known.
    pub from: String,
    /// Number of collections; 0 if the request was refused.
    pub collections: u64,
    /// Number of members; 0 if the request was refused.
    pub members: u64,
    pub request_id: String,
}

impl AuditRecord {
    /// Returns the arguments of `XADD` after the key. `owner` is empty for a person whom only an
    /// address names.
    pub(super) fn arguments(
        &self,
        owner: Option<Uuid>,
        outcome: &str,
        receipt: Option<Uuid>,
    ) -> Vec<String> {
        let owner = owner.map_or_else(String::new, |id| id.to_string());
        let fields = [
            ("who", owner.clone()),
            ("actor", self.actor.name().to_owned()),
            ("kind", self.kind.to_owned()),
            ("from", self.from.clone()),
            ("to", owner),
            ("collections", self.collections.to_string()),
            ("members", self.members.to_string()),
            ("outcome", outcome.to_owned()),
            (
                "receipt",
                receipt.map_or_else(String::new, |id| id.to_string()),
            ),
            ("request_id", self.request_id.clone()),
        ];
        let trim = ["MAXLEN", "~", MAX_ENTRIES, "*"].map(ToOwned::to_owned);
        let fields = fields
            .into_iter()
            .flat_map(|(field, value)| [field.to_owned(), value]);
        trim.into_iter().chain(fields).collect()
    }
}

impl Store {
    /// Records a request that changes no collections: a refused one, whose `outcome` is the slug of
    /// the problem, a sign-in, a sign-out, or a look at legacy accounts.
    pub async fn record_request(
        &self,
        owner: Option<Uuid>,
        audit: &AuditRecord,
        outcome: &str,
    ) -> Result<(), StoreError> {
        let mut add = redis::cmd("XADD");
        add.arg(self.keys.audit())
            .arg(audit.arguments(owner, outcome, None));
        self.connection.query(&add).await
    }
}
