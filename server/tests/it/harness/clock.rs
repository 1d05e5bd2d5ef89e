//! A clock for tests.

use server::clock::MonotonicClock;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A clock that stands still until a test advances it.
#[derive(Clone)]
pub(crate) struct ManualClock(Arc<Mutex<Instant>>);

impl ManualClock {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    pub(crate) fn advance(&self, by: Duration) {
        *self.0.lock().expect("not poisoned") += by;
    }

    pub(crate) fn ticker(&self) -> MonotonicClock {
        let time = self.clone();
        MonotonicClock::new(move || *time.0.lock().expect("not poisoned"))
    }
}
