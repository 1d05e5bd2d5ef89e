//! Remembers what the auth server said, and asks about one token once at a time.

use super::token::BearerToken;
use super::validator::{AuthError, TokenValidator, Unavailable, Verified};
use crate::metrics::{AUTH_SECONDS, TOKENS};
use crate::service::clock::now;
use async_trait::async_trait;
use moka::Expiry;
use moka::future::Cache;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Tokens remembered at most; the least used go first.
const CAPACITY: u64 = 100_000;

/// A refusal is remembered only briefly: a token may be good a moment later (clocks differ).
const REFUSAL: Duration = Duration::from_secs(2);

/// What was said about a token. That the server could not be asked is never remembered.
type Verdict = Result<Arc<Verified>, AuthError>;

/// A validator that puts a cache before another one.
pub struct Cached {
    inner: Arc<dyn TokenValidator>,
    verdicts: Cache<[u8; 32], Verdict>,
}

struct ByVerdict {
    accepted: Duration,
}

impl Expiry<[u8; 32], Verdict> for ByVerdict {
    fn expire_after_create(&self, _: &[u8; 32], verdict: &Verdict, _: Instant) -> Option<Duration> {
        Some(match verdict {
            Ok(verified) => self.accepted.min(left(verified.expires_at, now().unix())),
            Err(_) => REFUSAL.min(self.accepted),
        })
    }
}

/// For how long a token is good at `now`, both in seconds of Unix time; for ever, as far as is known.
fn left(expires_at: Option<i64>, now: i64) -> Duration {
    expires_at.map_or(Duration::MAX, |at| {
        Duration::from_secs(u64::try_from(at.saturating_sub(now)).unwrap_or(0))
    })
}

impl Cached {
    /// Remembers what `inner` accepts for `accepted`, and refusals for at most two seconds.
    pub fn new(inner: Arc<dyn TokenValidator>, accepted: Duration) -> Self {
        let verdicts = Cache::builder()
            .max_capacity(CAPACITY)
            .expire_after(ByVerdict { accepted })
            .build();
        Self { inner, verdicts }
    }

    /// Asks, and notes how long it took.
    async fn ask(&self, token: &BearerToken) -> Result<Verified, AuthError> {
        let begun = Instant::now();
        let answer = self.inner.validate(token).await;
        let outcome = match &answer {
            Ok(_) => "accepted",
            Err(AuthError::Unavailable(_)) => "unavailable",
            Err(_) => "refused",
        };
        metrics::histogram!(AUTH_SECONDS, "outcome" => outcome).record(begun.elapsed());
        answer
    }
}

#[async_trait]
impl TokenValidator for Cached {
    async fn validate(&self, token: &BearerToken) -> Result<Verified, AuthError> {
        let mut outcome = "hit";
        let ask = async {
            outcome = "miss";
            match self.ask(token).await {
                Ok(verified) => Ok(Ok(Arc::new(verified))),
                Err(AuthError::Unavailable(unavailable)) => Err(unavailable),
                Err(refused) => Ok(Err(refused)),
            }
        };
        let verdict = self.verdicts.try_get_with(token.hash(), ask).await;
        metrics::counter!(TOKENS, "outcome" => outcome).increment(1);
        match verdict {
            Ok(verdict) => verdict.map(|verified| verified.as_ref().clone()),
            Err(unavailable) => Err(AuthError::Unavailable(*unavailable)),
        }
    }

    async fn forget(&self, token: &BearerToken) {
        self.verdicts.invalidate(&token.hash()).await;
    }

    async fn reachable(&self) -> Result<(), Unavailable> {
        self.inner.reachable().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_remembered_past_its_expiry() {
        assert_eq!(left(Some(110), 100), Duration::from_secs(10));
        assert_eq!(left(Some(100), 100), Duration::ZERO);
        assert_eq!(left(Some(90), 100), Duration::ZERO);
        assert_eq!(left(None, 100), Duration::MAX);
    }
}
