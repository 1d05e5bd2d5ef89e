//! Failures of the store.

use redis::{ErrorKind, ServerErrorKind};

/// A failure of the store. After a failed commit the change may have been applied all the same; the
/// same request with the same idempotency key tells.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Redis refused, or the connection broke.
    #[error("Redis: {0}")]
    Redis(#[from] redis::RedisError),
    #[error("Redis does not answer")]
    NoAnswer,
    #[error("no Sentinel says where the Redis is that takes writes")]
    NoPrimary,
    /// The commit has been applied.
    #[error("too few replicas confirmed a commit in time")]
    NotReplicated,
    /// The legacy accounts are not indexed yet, or change faster than they can be read.
    #[error("the legacy accounts are not indexed yet")]
    NotIndexed,
    /// A record that this program wrote cannot be read.
    #[error("a record of this program cannot be read: {0}")]
    Record(#[from] serde_json::Error),
    /// Nothing was written.
    #[error("a list is larger than 64 MiB, or would become so")]
    ListTooLarge,
    /// Nothing was written.
    #[error("the owner's list would become larger than the quota")]
    QuotaExceeded,
}

impl StoreError {
    /// Whether the Redis user may not run the command.
    pub fn is_missing_right(&self) -> bool {
        let no_right = ErrorKind::Server(ServerErrorKind::NoPerm);
        matches!(self, Self::Redis(error) if error.kind() == no_right)
    }
}

impl From<IndexNotReady> for StoreError {
    fn from(_: IndexNotReady) -> Self {
        Self::NotIndexed
    }
}

/// The first walk has not ended, e.g. after a start while Redis is down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the legacy accounts are still being indexed")]
pub struct IndexNotReady;
