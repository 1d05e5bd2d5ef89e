//! A result that is asked for at most once in an interval, however many need it.

use crate::clock::MonotonicClock;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

pub struct RateLimitedQuery<T: Clone> {
    interval: Duration,
    clock: MonotonicClock,
    last: Mutex<Option<LastQuery<T>>>,
}

/// The last request for the result, which may still run.
struct LastQuery<T: Clone> {
    at: Instant,
    result: Shared<BoxFuture<'static, T>>,
}

impl<T: Clone + Send + Sync + 'static> RateLimitedQuery<T> {
    pub fn new(interval: Duration, clock: MonotonicClock) -> Self {
        Self {
            interval,
            clock,
            last: Mutex::default(),
        }
    }

    /// Returns the last result, or asks again if that is too old.
    pub async fn get(&self, ask: impl Future<Output = T> + Send + 'static) -> T {
        let now = self.clock.now();
        let result = {
            // No code that panics runs under this lock.
            let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
            let current = last
                .take()
                .filter(|last| now.duration_since(last.at) < self.interval);
            last.insert(current.unwrap_or_else(|| LastQuery {
                at: now,
                result: ask.boxed().shared(),
            }))
            .result
            .clone()
        };
        result.await
    }
}
