//! How often one address, and one user, may ask (draft-ietf-httpapi-ratelimit-headers).
//!
//! Addresses are counted before a token is looked at, so that trying tokens is limited too; users once
//! their token is verified, so that several addresses are no way around.

mod address;
mod standing;

pub use address::client_address;
pub use standing::{Standing, Standings, fields};

use crate::config::LimitSettings;
use crate::service::clock::Ticker;
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

/// Who has asked often enough is forgotten after so many questions of all; it keeps the memory bounded.
const TIDY_EVERY: u32 = 10_000;

/// The limits of this process; none where they are off.
#[derive(Default)]
pub struct Limits {
    addresses: Option<Limiter<IpAddr>>,
    users: Option<Limiter<Uuid>>,
}

/// Too many requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exhausted {
    /// What is left: nothing.
    pub standing: Standing,
    /// Whole seconds after which one more request is let through.
    pub retry_after: u64,
}

impl Limits {
    /// Limits of these settings, by this clock.
    pub fn new(settings: &LimitSettings, ticker: &Ticker) -> Self {
        let Some(per_minute) = settings.per_minute else {
            return Self::default();
        };
        Self {
            addresses: Some(Limiter::new("address", per_minute, ticker)),
            users: Some(Limiter::new("user", per_minute, ticker)),
        }
    }

    /// Counts a request from an address. `None` where there is no limit.
    pub fn count_address(&self, address: IpAddr) -> Result<Option<Standing>, Exhausted> {
        let limiter = self.addresses.as_ref();
        limiter.map(|limiter| limiter.count(&address)).transpose()
    }

    /// Counts a request of a user. `None` where there is no limit.
    pub fn count_user(&self, user: Uuid) -> Result<Option<Standing>, Exhausted> {
        let limiter = self.users.as_ref();
        limiter.map(|limiter| limiter.count(&user)).transpose()
    }
}

/// Requests of each `K`, all with the same quota.
struct Limiter<K: Hash + Eq + Clone> {
    name: &'static str,
    quota: NonZeroU32,
    clock: ByTicker,
    requests: RateLimiter<K, DefaultKeyedStateStore<K>, ByTicker, StateInformationMiddleware>,
    counted: AtomicU32,
}

#[derive(Clone)]
struct ByTicker(Ticker);

impl Clock for ByTicker {
    type Instant = Instant;

    fn now(&self) -> Instant {
        self.0.now()
    }
}

impl<K: Hash + Eq + Clone> Limiter<K> {
    fn new(name: &'static str, per_minute: NonZeroU32, ticker: &Ticker) -> Self {
        let clock = ByTicker(ticker.clone());
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

    fn count(&self, key: &K) -> Result<Standing, Exhausted> {
        if self.counted.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            self.requests.retain_recent();
        }
        match self.requests.check_key(key) {
            Ok(state) => Ok(self.standing(state.remaining_burst_capacity())),
            Err(until) => Err(Exhausted {
                standing: self.standing(0),
                retry_after: whole_seconds(until.wait_time_from(self.clock.now())).max(1),
            }),
        }
    }

    fn standing(&self, remaining: u32) -> Standing {
        let used = self.quota.get().saturating_sub(remaining);
        Standing {
            name: self.name,
            quota: self.quota.get(),
            remaining,
            // The quota comes back evenly over the minute.
            reset: (u64::from(used) * standing::WINDOW).div_ceil(u64::from(self.quota.get())),
        }
    }
}

fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}
