//! Shares one renewal among all tabs of a browser.
//!
//! A server that rotates refresh tokens takes a second use for theft and ends the session. Two tabs
//! that wake up together send the same cookie, so both receive the result of one renewal.

use super::{Grant, MediationError};
use crate::clock::now;
use moka::Expiry;
use moka::future::Cache;
use sha2::{Digest, Sha256};
use std::future::Future;
use std::time::{Duration, Instant};

/// How long the result is kept for requests that still carry the old cookie.
const RENEWAL_TTL: Duration = Duration::from_secs(10);

const CAPACITY: u64 = 10_000;

/// Running and recent renewals, keyed by the hash of the used refresh token.
pub(super) struct Renewals(Cache<[u8; 32], Grant>);

struct RenewalExpiry;

impl Expiry<[u8; 32], Grant> for RenewalExpiry {
    fn expire_after_create(&self, _: &[u8; 32], grant: &Grant, _: Instant) -> Option<Duration> {
        let left = Duration::from_secs(grant.storage_seconds(now().unix()));
        Some(RENEWAL_TTL.min(left))
    }
}

impl Default for Renewals {
    fn default() -> Self {
        let cache = Cache::builder()
            .max_capacity(CAPACITY)
            .expire_after(RenewalExpiry);
        Self(cache.build())
    }
}

impl Renewals {
    /// Runs `renew` once at a time for one token. Failures are not remembered.
    pub(super) async fn renew_once(
        &self,
        refresh_token: &str,
        renew: impl Future<Output = Result<Grant, MediationError>>,
    ) -> Result<Grant, MediationError> {
        self.0
            .try_get_with(key(refresh_token), renew)
            .await
            .map_err(|error| *error)
    }

    pub(super) async fn forget(&self, refresh_token: &str) {
        self.0.invalidate(&key(refresh_token)).await;
    }
}

fn key(refresh_token: &str) -> [u8; 32] {
    Sha256::digest(refresh_token).into()
}
