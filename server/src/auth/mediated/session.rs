//! A session of the mediated mode: its tokens, and when it ends.
//!
//! The cookie holds the session with the times of its sign-in and of its last use, so every process
//! of a deployment ends it at the same moment, whatever the lifetime of the tokens.

use super::grant::Grant;
use crate::auth::token::BearerToken;
use crate::config::SessionLimits;
use serde::{Deserialize, Serialize};
use shared::api::TokenResponse;

/// The page asks again after this part of the idle timeout at the latest, which counts as use.
const USES_PER_IDLE_TIMEOUT: u64 = 4;

/// When a session began and was last used, in seconds of Unix time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SessionTimes {
    started_at: i64,
    used_at: i64,
}

/// The content of the cookie.
#[derive(Serialize, Deserialize)]
pub struct MediatedSession {
    pub(super) tokens: StoredTokens,
    pub(super) times: SessionTimes,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum StoredTokens {
    Grant(Grant),
    /// For an access token that does not fit into the cookie.
    RefreshToken(String),
}

/// A session with the tokens that the page gets now.
pub struct IssuedSession {
    pub(super) grant: Grant,
    pub(super) times: SessionTimes,
}

impl SessionTimes {
    pub(super) fn start(now: i64) -> Self {
        Self {
            started_at: now,
            used_at: now,
        }
    }

    pub(super) fn used(self, now: i64) -> Self {
        Self {
            used_at: now,
            ..self
        }
    }

    /// Seconds until the session ends if it is not used. 0 when it is over.
    pub(super) fn remaining(self, limits: SessionLimits, now: i64) -> u64 {
        let end = self.started_at.saturating_add(limits.lifetime.into());
        let idle_end = self.used_at.saturating_add(limits.idle.into());
        let remaining = end.min(idle_end).saturating_sub(now);
        u64::try_from(remaining).unwrap_or(0)
    }

    pub(super) fn is_over(self, limits: SessionLimits, now: i64) -> bool {
        self.remaining(limits, now) == 0
    }
}

impl MediatedSession {
    /// The tokens with an access token, if it is stored.
    pub(super) fn grant(&self) -> Option<&Grant> {
        match &self.tokens {
            StoredTokens::Grant(grant) => Some(grant),
            StoredTokens::RefreshToken(_) => None,
        }
    }

    /// The access token, if it is stored.
    pub fn bearer(&self) -> Option<BearerToken> {
        self.grant().map(Grant::bearer)
    }

    pub(super) fn refresh_token(&self) -> Option<&str> {
        match &self.tokens {
            StoredTokens::Grant(grant) => grant.refresh_token.as_deref(),
            StoredTokens::RefreshToken(token) => Some(token),
        }
    }
}

impl IssuedSession {
    pub fn bearer(&self) -> BearerToken {
        self.grant.bearer()
    }

    /// The response to the page. Its token lasts for a part of the idle timeout, so that a page in
    /// use asks again in time.
    pub(super) fn to_wire(&self, limits: SessionLimits, now: i64) -> TokenResponse {
        let until_next_use = u64::from(limits.idle) / USES_PER_IDLE_TIMEOUT;
        let remaining = self.times.remaining(limits, now);
        self.grant.to_wire(now, remaining.min(until_next_use))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: SessionLimits = SessionLimits {
        lifetime: 1_000,
        idle: 100,
    };

    #[test]
    fn session_ends_after_its_lifetime_and_after_idleness() {
        let times = SessionTimes::start(5_000);
        assert_eq!(times.remaining(LIMITS, 5_000), 100);
        assert!(!times.is_over(LIMITS, 5_099));
        assert!(times.is_over(LIMITS, 5_100) && times.is_over(LIMITS, 9_000));
        let used = times.used(5_950);
        assert_eq!(
            used.remaining(LIMITS, 5_950),
            50,
            "the lifetime is absolute"
        );
        assert!(used.is_over(LIMITS, 6_000));
        let extreme = SessionTimes::start(i64::MAX).used(i64::MIN);
        assert!(extreme.is_over(LIMITS, 0));
    }
}
