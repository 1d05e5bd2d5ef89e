//! Reads the clock. Use cases and authentication read it only here.

use shared::timestamp::Timestamp;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Returns the current time, to the second.
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

/// The time of day, for times that outlive this process.
#[derive(Clone)]
pub struct WallClock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl WallClock {
    pub fn system() -> Self {
        Self(Arc::new(|| now().unix()))
    }

    /// A clock that starts at the current time and then follows `clock`, which tests control.
    pub fn following(clock: &MonotonicClock) -> Self {
        let (clock, start, started) = (clock.clone(), now().unix(), clock.now());
        Self(Arc::new(move || {
            let elapsed = clock.now().duration_since(started).as_secs();
            start.saturating_add_unsigned(elapsed)
        }))
    }

    /// Seconds of Unix time.
    pub fn now(&self) -> i64 {
        (self.0)()
    }
}

/// A clock that only goes forward, for intervals and expiry. Tests pass one that they control.
#[derive(Clone)]
pub struct MonotonicClock(Arc<dyn Fn() -> Instant + Send + Sync>);

impl MonotonicClock {
    pub fn system() -> Self {
        Self::new(Instant::now)
    }

    pub fn new(now: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    pub fn now(&self) -> Instant {
        (self.0)()
    }
}
