//! Remembers what the auth server said, and asks about one token once at a time.

use super::token::BearerToken;
use super::user::VerifiedUser;
use super::validator::{AuthError, TokenValidator, Unavailable};
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
type Verdict = Result<Arc<VerifiedUser>, AuthError>;

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
        Some(if verdict.is_ok() {
            self.accepted
        } else {
            REFUSAL.min(self.accepted)
        })
    }
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
}

#[async_trait]
impl TokenValidator for Cached {
    async fn validate(&self, token: &BearerToken) -> Result<VerifiedUser, AuthError> {
        let ask = async {
            match self.inner.validate(token).await {
                Ok(user) => Ok(Ok(Arc::new(user))),
                Err(AuthError::Unavailable(unavailable)) => Err(unavailable),
                Err(refused) => Ok(Err(refused)),
            }
        };
        match self.verdicts.try_get_with(token.hash(), ask).await {
            Ok(verdict) => verdict.map(|user| user.as_ref().clone()),
            Err(unavailable) => Err(AuthError::Unavailable(*unavailable)),
        }
    }

    async fn reachable(&self) -> Result<(), Unavailable> {
        self.inner.reachable().await
    }
}
