//! The tokens that the token endpoint issued.

use super::MediationError;
use crate::auth::token::BearerToken;
use crate::auth::validator::Unavailable;
use serde::{Deserialize, Serialize};
use shared::api::TokenResponse;
use std::fmt;

/// The assumed lifetime of an access token, in seconds, when the auth server does not state it (RFC
/// 6749, section 5.1 allows that).
const DEFAULT_LIFETIME: u64 = 3600;

/// Tokens and their lifetime. Its `Debug` output hides them.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Grant {
    access_token: String,
    /// Seconds of Unix time.
    pub(super) expires_at: Option<i64>,
    scope: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) refresh_token: Option<String>,
}

/// A successful response (RFC 6749, section 5.1).
#[derive(Deserialize)]
struct TokenEndpointResponse {
    access_token: String,
    token_type: String,
    expires_in: Option<u64>,
    refresh_token: Option<String>,
    scope: Option<String>,
}

impl Grant {
    /// Reads a response that was received at `now`, in seconds of Unix time.
    pub(super) fn read(body: &[u8], now: i64) -> Result<Self, MediationError> {
        let response: TokenEndpointResponse =
            serde_json::from_slice(body).map_err(|_| Unavailable::NotTokens)?;
        if !response.token_type.eq_ignore_ascii_case("bearer") {
            return Err(Unavailable::NotTokens.into());
        }
        let expires_at = response
            .expires_in
            .map(|seconds| now.saturating_add_unsigned(seconds));
        Ok(Self {
            access_token: response.access_token,
            expires_at,
            scope: response.scope,
            refresh_token: response.refresh_token.filter(|token| !token.is_empty()),
        })
    }

    /// Keeps the old refresh token if the server issued no new one (RFC 6749, section 6).
    pub(super) fn with_fallback_refresh_token(mut self, refresh_token: &str) -> Self {
        self.refresh_token
            .get_or_insert_with(|| refresh_token.to_owned());
        self
    }

    /// The access token alone, after the auth server rejected the refresh token.
    pub(super) fn without_refresh_token(self) -> Self {
        Self {
            refresh_token: None,
            ..self
        }
    }

    /// Remaining lifetime in seconds, if the auth server stated it.
    pub(super) fn remaining(&self, now: i64) -> Option<u64> {
        self.expires_at
            .map(|at| u64::try_from(at.saturating_sub(now)).unwrap_or(0))
    }

    /// Seconds for which the grant may be stored.
    pub(super) fn storage_seconds(&self, now: i64) -> u64 {
        self.remaining(now).unwrap_or(DEFAULT_LIFETIME)
    }

    pub(super) fn is_expired(&self, now: i64) -> bool {
        self.remaining(now) == Some(0)
    }

    pub(super) fn bearer(&self) -> BearerToken {
        BearerToken::new(self.access_token.clone())
    }

    /// The response to the page, which may use the token for at most `limit` seconds. It never
    /// holds the refresh token.
    pub(super) fn to_wire(&self, now: i64, limit: u64) -> TokenResponse {
        let remaining = self.remaining(now).unwrap_or(limit);
        TokenResponse {
            access_token: self.access_token.clone(),
            token_type: "Bearer".to_owned(),
            expires_in: Some(remaining.min(limit)),
            scope: self.scope.clone(),
        }
    }
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Grant(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GN_AUTH: &[u8] = br#"{"access_token":"a","expires_in":864000,"token_type":"Bearer","scope":"profile user","user_id":"x"}"#;

    #[test]
    fn gn_auth_response_is_read_and_expires() {
        let grant = Grant::read(GN_AUTH, 1_000).expect("a grant");
        assert_eq!(grant.to_wire(1_000, u64::MAX).expires_in, Some(864_000));
        assert_eq!(grant.to_wire(2_000, u64::MAX).expires_in, Some(863_000));
        assert_eq!(grant.to_wire(2_000, 60).expires_in, Some(60));
        assert!(!grant.is_expired(864_999));
        assert!(grant.is_expired(865_000) && grant.is_expired(900_000));
        assert!(grant.refresh_token.is_none());
    }

    #[test]
    fn response_without_a_bearer_token_is_no_grant() {
        for body in [
            "<!doctype html>",
            "{}",
            r#"{"access_token":"a"}"#,
            r#"{"access_token":"a","token_type":"mac"}"#,
        ] {
            let error = Grant::read(body.as_bytes(), 0).expect_err(body);
            assert_eq!(error, Unavailable::NotTokens.into());
        }
    }

    #[test]
    fn old_refresh_token_stays_unless_replaced() {
        let grant = Grant::read(GN_AUTH, 0).expect("a grant");
        let unchanged = grant.with_fallback_refresh_token("old");
        assert_eq!(unchanged.refresh_token.as_deref(), Some("old"));
        let replaced = unchanged.with_fallback_refresh_token("older");
        assert_eq!(replaced.refresh_token.as_deref(), Some("old"));
    }
}
