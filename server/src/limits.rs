//! Rate limits per address and per user (draft-ietf-httpapi-ratelimit-headers), and limits of
//! memory.
//!
//! - [`address`]: where a request comes from
//! - [`status`]: the remaining quota, in headers
//! - [`bodies`], [`answers`]: memory for large requests and answers
//!
//! Addresses are counted before a token is read, which also limits attempts to guess tokens. Users
//! are counted after their token is validated, so several addresses do not help.

mod address;
mod answers;
mod bodies;
mod status;

pub use address::{client_address, forwarded_address};
pub use answers::{AnswerBudget, RequestPermit, TooManyAnswers};
pub use bodies::{BodyBudget, BodyShare, SMALL_BODY, TooManyLargeBodies};
pub use status::{RateLimitStatus, RateLimitStatuses, fields};

use crate::clock::MonotonicClock;
use crate::config::LimitSettings;
use governor::clock::Clock;
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Idle addresses and users are dropped after this many requests, which bounds the memory.
const CLEANUP_INTERVAL: u32 = 10_000;

/// The limits of this process; `None` where they are off.
#[derive(Default)]
pub struct Limits {
    addresses: Option<Limiter<IpAddr>>,
    users: Option<Limiter<Uuid>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimitExceeded {
    pub status: RateLimitStatus,
    /// Whole seconds until one more request is allowed.
    pub retry_after: u64,
}

impl Limits {
    pub fn new(settings: &LimitSettings, clock: &MonotonicClock) -> Self {
        let Some(per_minute) = settings.per_minute else {
            return Self::default();
        };
        Self {
            addresses: Some(Limiter::new("address", per_minute, clock)),
            users: Some(Limiter::new("user", per_minute, clock)),
        }
    }

    /// Returns `None` without a limit.
    pub fn count_address(
        &self,
        address: IpAddr,
    ) -> Result<Option<RateLimitStatus>, RateLimitExceeded> {
        let limiter = self.addresses.as_ref();
        limiter.map(|limiter| limiter.count(&address)).transpose()
    }

    /// Returns `None` without a limit.
    pub fn count_user(&self, user: Uuid) -> Result<Option<RateLimitStatus>, RateLimitExceeded> {
        let limiter = self.users.as_ref();
        limiter.map(|limiter| limiter.count(&user)).transpose()
    }
}

/// Counts the requests of each `K` against the same quota.
struct Limiter<K: Hash + Eq + Clone> {
    name: &'static str,
    quota: NonZeroU32,
    clock: GovernorClock,
    requests: RateLimiter<K, DefaultKeyedStateStore<K>, GovernorClock, StateInformationMiddleware>,
    counted: AtomicU32,
}

#[derive(Clone)]
struct GovernorClock(MonotonicClock);

impl Clock for GovernorClock {
    type Instant = Instant;

    fn now(&self) -> Instant {
        self.0.now()
    }
}

impl<K: Hash + Eq + Clone> Limiter<K> {
    fn new(name: &'static str, per_minute: NonZeroU32, clock: &MonotonicClock) -> Self {
        let clock = GovernorClock(clock.clone());
        Self {
            name,
            quota: per_minute,
            requests: RateLimiter::new(
                Quota::per_minute(per_minute),
                DefaultKeyedStateStore::default(),
                clock.clone(),
            ),
            clock,
            counted: AtomicU32::new(0),
        }
    }

    fn count(&self, key: &K) -> Result<RateLimitStatus, RateLimitExceeded> {
        if self.counted.fetch_add(1, Ordering::Relaxed) % CLEANUP_INTERVAL == CLEANUP_INTERVAL - 1 {
            self.requests.retain_recent();
        }
        match self.requests.check_key(key) {
            Ok(state) => Ok(self.status(state.remaining_burst_capacity())),
            Err(until) => Err(RateLimitExceeded {
                status: self.status(0),
                retry_after: whole_seconds(until.wait_time_from(self.clock.now())).max(1),
            }),
        }
    }

    fn status(&self, remaining: u32) -> RateLimitStatus {
        let used = self.quota.get().saturating_sub(remaining);
        RateLimitStatus {
            name: self.name,
            quota: self.quota.get(),
            remaining,
            // The quota is restored evenly over the minute.
            reset: (u64::from(used) * status::WINDOW).div_ceil(u64::from(self.quota.get())),
        }
    }
}

fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}
