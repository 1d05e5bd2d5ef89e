//! One renewal for all tabs.
//!
//! A server that rotates refresh tokens takes the second use of one for theft, and ends the session. Two
//! tabs that wake together present the same cookie; both get the outcome of one renewal.

use super::{Grant, MediationError};
use crate::service::clock::now;
use moka::Expiry;
use moka::future::Cache;
use sha2::{Digest, Sha256};
use std::future::Future;
use std::time::{Duration, Instant};

/// For how long the outcome stays known to those who come with the old cookie.
const REMEMBERED: Duration = Duration::from_secs(10);

/// Renewals remembered at most.
const CAPACITY: u64 = 10_000;

/// Renewals that run or have just run, by the hash of the refresh token they use up.
pub(super) struct Renewals(Cache<[u8; 32], Grant>);

struct Briefly;

impl Expiry<[u8; 32], Grant> for Briefly {
    fn expire_after_create(&self, _: &[u8; 32], grant: &Grant, _: Instant) -> Option<Duration> {
        let left = Duration::from_secs(grant.kept_for(now().unix()));
        Some(REMEMBERED.min(left))
    }
}

impl Default for Renewals {
    fn default() -> Self {
        let cache = Cache::builder()
            .max_capacity(CAPACITY)
            .expire_after(Briefly);
        Self(cache.build())
    }
}

impl Renewals {
    /// The outcome of `renew`, which runs once at a time for one token. Failures are not remembered.
    pub(super) async fn once(
        &self,
        refresh_token: &str,
        renew: impl Future<Output = Result<Grant, MediationError>>,
    ) -> Result<Grant, MediationError> {
        self.0
            .try_get_with(key(refresh_token), renew)
            .await
            .map_err(|error| *error)
    }

    /// Forgets the outcome of a renewal.
    pub(super) async fn forget(&self, refresh_token: &str) {
        self.0.invalidate(&key(refresh_token)).await;
    }
}

fn key(refresh_token: &str) -> [u8; 32] {
    Sha256::digest(refresh_token).into()
}
