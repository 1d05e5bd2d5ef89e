//! A cache of validation results, which asks the auth server about a token once at a time.

use super::token::BearerToken;
use super::validator::{AuthError, TokenValidator, Unavailable, Verified};
use crate::clock::now;
use crate::metrics::{AUTH_SECONDS, TOKENS};
use async_trait::async_trait;
use moka::Expiry;
use moka::future::Cache;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Remembered tokens. The least used are dropped first.
const CAPACITY: u64 = 100_000;

/// Refusals are remembered only briefly: clocks differ, so a token may become valid soon.
const REFUSAL_TTL: Duration = Duration::from_secs(2);

/// The remembered result for a token. Failures to reach the auth server are not remembered.
type ValidationResult = Result<Arc<Verified>, AuthError>;

/// A validator with a cache in front of it.
pub struct CachedValidator {
    inner: Arc<dyn TokenValidator>,
    results: Cache<[u8; 32], ValidationResult>,
    /// The expiry of tokens that this server received from the token endpoint, in seconds of Unix
    /// time, by the hash of the token.
    expiries: Cache<[u8; 32], i64>,
}

struct ResultExpiry {
    accepted: Duration,
}

impl Expiry<[u8; 32], ValidationResult> for ResultExpiry {
    fn expire_after_create(
        &self,
        _: &[u8; 32],
        result: &ValidationResult,
        _: Instant,
    ) -> Option<Duration> {
        Some(match result {
            Ok(verified) => self
                .accepted
                .min(remaining_lifetime(verified.expires_at, now().unix())),
            Err(_) => REFUSAL_TTL.min(self.accepted),
        })
    }
}

/// How long a token is still valid at `now`, in seconds of Unix time.
fn remaining_lifetime(expires_at: Option<i64>, now: i64) -> Duration {
    expires_at.map_or(Duration::MAX, |at| {
        Duration::from_secs(u64::try_from(at.saturating_sub(now)).unwrap_or(0))
    })
}

impl CachedValidator {
    /// Remembers accepted tokens for `accepted`, and refused ones for at most two seconds.
    pub fn new(inner: Arc<dyn TokenValidator>, accepted: Duration) -> Self {
        let results = Cache::builder()
            .max_capacity(CAPACITY)
            .expire_after(ResultExpiry { accepted })
            .build();
        Self {
            inner,
            results,
            expiries: Cache::new(CAPACITY),
        }
    }

    /// Adds what the token endpoint said to what the validator knows.
    async fn with_noted_expiry(&self, token: &BearerToken, verified: Verified) -> Verified {
        let noted = self.expiries.get(&token.hash()).await;
        let stated = verified.expires_at.into_iter();
        Verified {
            expires_at: stated.chain(noted).min(),
            ..verified
        }
    }

    async fn ask(&self, token: &BearerToken) -> Result<Verified, AuthError> {
        let begun = Instant::now();
        let response = self.inner.validate(token).await;
        let outcome = match &response {
            Ok(_) => "accepted",
            Err(AuthError::Unavailable(_)) => "unavailable",
            Err(_) => "refused",
        };
        metrics::histogram!(AUTH_SECONDS, "outcome" => outcome).record(begun.elapsed());
        response
    }
}

#[async_trait]
impl TokenValidator for CachedValidator {
    async fn validate(&self, token: &BearerToken) -> Result<Verified, AuthError> {
        let mut outcome = "hit";
        let ask = async {
            outcome = "miss";
            match self.ask(token).await {
                Ok(verified) => {
                    let verified = self.with_noted_expiry(token, verified).await;
                    Ok(Ok(Arc::new(verified)))
                }
                Err(AuthError::Unavailable(unavailable)) => Err(unavailable),
                Err(refused) => Ok(Err(refused)),
            }
        };
        let result = self.results.try_get_with(token.hash(), ask).await;
        metrics::counter!(TOKENS, "outcome" => outcome).increment(1);
        match result {
            Ok(result) => result.map(|verified| verified.as_ref().clone()),
            Err(unavailable) => Err(AuthError::Unavailable(*unavailable)),
        }
    }

    async fn forget(&self, token: &BearerToken) {
        self.results.invalidate(&token.hash()).await;
        self.expiries.invalidate(&token.hash()).await;
    }

    async fn note_expiry(&self, token: &BearerToken, expires_at: i64) {
        self.expiries.insert(token.hash(), expires_at).await;
    }

    async fn reachable(&self) -> Result<(), Unavailable> {
        self.inner.reachable().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn result_is_not_cached_past_the_tokens_expiry() {
        assert_eq!(remaining_lifetime(Some(110), 100), Duration::from_secs(10));
        assert_eq!(remaining_lifetime(Some(100), 100), Duration::ZERO);
        assert_eq!(remaining_lifetime(Some(90), 100), Duration::ZERO);
        assert_eq!(remaining_lifetime(None, 100), Duration::MAX);
    }
}
