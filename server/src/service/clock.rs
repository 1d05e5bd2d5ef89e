//! The only place that reads the clock.

use shared::timestamp::Timestamp;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Now, to the second.
pub(crate) fn now() -> Timestamp {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    i64::try_from(seconds)
        .ok()
        .and_then(Timestamp::from_unix)
        .unwrap_or(Timestamp::EPOCH)
}

/// A clock that only goes forward, by which is decided what is due again. Tests bring one that they turn.
#[derive(Clone)]
pub struct Ticker(Arc<dyn Fn() -> Instant + Send + Sync>);

impl Ticker {
    /// The machine's.
    pub fn system() -> Self {
        Self::new(Instant::now)
    }

    /// One that says what `now` says.
    pub fn new(now: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// Now.
    pub fn now(&self) -> Instant {
        (self.0)()
    }
}
