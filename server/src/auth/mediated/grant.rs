//! What the token endpoint issued.

use super::MediationError;
use crate::auth::token::BearerToken;
use crate::auth::validator::Unavailable;
use serde::{Deserialize, Serialize};
use shared::api::TokenResponse;
use std::fmt;

/// Seconds an access token is taken to live when the auth server does not tell (RFC 6749, section 5.1
/// leaves it to documentation).
const UNTOLD_LIFETIME: u64 = 3600;

/// Tokens and what they are good for. Shows none of them.
#[derive(Clone, Serialize, Deserialize)]
pub struct Grant {
    access_token: String,
    /// When the access token expires, in seconds of Unix time.
    expires_at: Option<i64>,
    scope: Option<String>,
    /// Not written into the cookie: a session that has one keeps nothing else.
    #[serde(skip)]
    pub(super) refresh_token: Option<String>,
}

/// A successful answer (RFC 6749, section 5.1). Further members, an ID token among them, are not needed.
#[derive(Deserialize)]
struct Answer {
    access_token: String,
    token_type: String,
    expires_in: Option<u64>,
    refresh_token: Option<String>,
    scope: Option<String>,
}

impl Grant {
    /// Reads an answer that arrived at `now`.
    ///
    /// # Errors
    /// [`Unavailable::NotTokens`] when it is something else, a page for example.
    pub(super) fn read(body: &[u8], now: i64) -> Result<Self, MediationError> {
        let answer: Answer = serde_json::from_slice(body).map_err(|_| Unavailable::NotTokens)?;
        if !answer.token_type.eq_ignore_ascii_case("bearer") {
            return Err(Unavailable::NotTokens.into());
        }
        let expires_at = answer
            .expires_in
            .map(|seconds| now.saturating_add_unsigned(seconds));
        Ok(Self {
            access_token: answer.access_token,
            expires_at,
            scope: answer.scope,
            refresh_token: answer.refresh_token.filter(|token| !token.is_empty()),
        })
    }

    /// The same with the refresh token that it was asked with, if there is no new one (RFC 6749, section 6).
    pub(super) fn or_refreshed_by(mut self, refresh_token: &str) -> Self {
        self.refresh_token
            .get_or_insert_with(|| refresh_token.to_owned());
        self
    }

    /// Seconds that it is still good for, as far as anybody said.
    pub(super) fn remaining(&self, now: i64) -> Option<u64> {
        self.expires_at
            .map(|at| u64::try_from(at.saturating_sub(now)).unwrap_or(0))
    }

    /// Seconds that it may be kept for.
    pub(super) fn kept_for(&self, now: i64) -> u64 {
        self.remaining(now).unwrap_or(UNTOLD_LIFETIME)
    }

    /// Whether it has expired.
    pub(super) fn is_over(&self, now: i64) -> bool {
        self.remaining(now) == Some(0)
    }

    pub(super) fn bearer(&self) -> BearerToken {
        BearerToken::new(self.access_token.clone())
    }

    /// What the page gets at `now`: never the refresh token.
    pub fn to_wire(&self, now: i64) -> TokenResponse {
        TokenResponse {
            access_token: self.access_token.clone(),
            token_type: "Bearer".to_owned(),
            expires_in: self.remaining(now),
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
    fn gn_auths_answer_is_read_and_its_time_runs() {
        let grant = Grant::read(GN_AUTH, 1_000).expect("a grant");
        assert_eq!(grant.to_wire(1_000).expires_in, Some(864_000));
        assert_eq!(grant.to_wire(2_000).expires_in, Some(863_000));
        assert!(!grant.is_over(864_999));
        assert!(grant.is_over(865_000) && grant.is_over(900_000));
        assert!(grant.refresh_token.is_none());
    }

    #[test]
    fn what_is_no_bearer_token_is_no_grant() {
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
    fn a_refresh_token_that_is_not_replaced_stays() {
        let grant = Grant::read(GN_AUTH, 0).expect("a grant");
        let kept = grant.or_refreshed_by("old");
        assert_eq!(kept.refresh_token.as_deref(), Some("old"));
        let replaced = kept.or_refreshed_by("older");
        assert_eq!(replaced.refresh_token.as_deref(), Some("old"));
    }
}
