//! What goes wrong with Redis.

/// A failure of the store. A commit that failed so may have happened all the same; asking again with
/// the same idempotency key tells.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Redis refused, or the connection broke.
    #[error("Redis: {0}")]
    Redis(#[from] redis::RedisError),
    /// No answer in time.
    #[error("Redis does not answer")]
    NoAnswer,
    /// No Sentinel has said yet where the primary is.
    #[error("no Sentinel says where the Redis is that takes writes")]
    NoPrimary,
    /// Too few replicas confirmed a commit in time. It has happened.
    #[error("too few replicas confirmed a commit in time")]
    NotReplicated,
    /// The legacy accounts are not indexed yet, or change faster than they can be read.
    #[error("the legacy accounts are not indexed yet")]
    NotIndexed,
    /// A record of our own cannot be read.
    #[error("a record of this program cannot be read: {0}")]
    Record(#[from] serde_json::Error),
}

impl From<super::legacy_index::NotReady> for StoreError {
    fn from(_: super::legacy_index::NotReady) -> Self {
        Self::NotIndexed
    }
}
