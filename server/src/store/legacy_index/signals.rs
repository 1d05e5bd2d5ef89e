//! Signals between requests and the walker.

use std::sync::atomic::AtomicU64;
use tokio::sync::Notify;

/// A walk over at most this many records takes a few milliseconds, so a request with an outdated
/// table waits for it. With a larger hash, the request uses the outdated table.
pub(super) const QUICK_WALK_RECORDS: u64 = 10_000;

#[derive(Default)]
pub(super) struct WalkSignals {
    /// Number of walks that have begun.
    pub(super) begun: AtomicU64,
    /// A request needs a newer table.
    pub(super) requested: Notify,
}
