//! Time that passes when a test says so.

use server::service::clock::Ticker;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A clock that stands until it is turned.
#[derive(Clone)]
pub(crate) struct Turned(Arc<Mutex<Instant>>);

impl Turned {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(Instant::now())))
    }

    pub(crate) fn forward(&self, by: Duration) {
        *self.0.lock().expect("not poisoned") += by;
    }

    pub(crate) fn ticker(&self) -> Ticker {
        let time = self.clone();
        Ticker::new(move || *time.0.lock().expect("not poisoned"))
    }
}
