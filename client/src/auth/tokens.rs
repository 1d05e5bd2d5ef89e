//! What the token endpoint gave.

use super::SignInError;
use oauth2::{AccessToken, RefreshToken};
use serde::Deserialize;
use shared::timestamp::Timestamp;

/// A token is renewed this many seconds before it expires, so that it does not expire on the way.
const LEEWAY: i64 = 30;

/// The answer of the token endpoint (RFC 6749, section 5.1), as far as it is used.
#[derive(Debug, Clone, Deserialize)]
pub struct TokenAnswer {
    /// Shown to our server.
    pub access_token: AccessToken,
    /// Shown to the token endpoint for the next access token.
    #[serde(default)]
    pub refresh_token: Option<RefreshToken>,
    /// Seconds from now until the access token expires.
    #[serde(default)]
    pub expires_in: Option<u64>,
}

/// An access token and what belongs to it. `Debug` shows none of the secrets.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// Shown to our server.
    pub access: AccessToken,
    /// Shown to the token endpoint for the next access token, and then used up.
    pub refresh: Option<RefreshToken>,
    /// When the access token expires, by this browser's clock, in seconds since 1970.
    expires: Option<i64>,
}

impl Tokens {
    /// Reads the answer of the token endpoint that came in now. A token that cannot stand in a header
    /// (RFC 6750, section 2.1) is not one.
    pub fn from_answer(answer: TokenAnswer, now: Timestamp) -> Result<Self, SignInError> {
        let token = answer.access_token.secret();
        let can_be_sent = |c: char| c.is_ascii_alphanumeric() || "-._~+/=".contains(c);
        if token.is_empty() || !token.chars().all(can_be_sent) {
            return Err(SignInError::Unreadable);
        }
        Ok(Self {
            access: answer.access_token,
            refresh: answer.refresh_token,
            expires: answer
                .expires_in
                .map(|seconds| now.unix().saturating_add_unsigned(seconds)),
        })
    }

    /// Whether the access token should be renewed before its next use.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.expires
            .is_some_and(|expires| expires - LEEWAY <= now.unix())
    }

    /// Whether the access token is of no use any more.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|expires| expires <= now.unix())
    }

    /// These tokens as a renewal leaves them: a server that does not rotate refresh tokens sends none.
    #[must_use]
    pub fn renewed_by(&self, new: Self) -> Self {
        Self {
            refresh: new.refresh.or_else(|| self.refresh.clone()),
            ..new
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::fixtures::at;

    fn answer(token: &str) -> TokenAnswer {
        TokenAnswer {
            access_token: AccessToken::new(token.into()),
            refresh_token: None,
            expires_in: None,
        }
    }

    fn tokens(lifetime: Option<u64>, refresh: Option<&str>) -> Tokens {
        let answer = TokenAnswer {
            refresh_token: refresh.map(|text| RefreshToken::new(text.into())),
            expires_in: lifetime,
            ..answer("the-token")
        };
        Tokens::from_answer(answer, at(1_000)).expect("tokens")
    }

    #[test]
    fn takes_no_token_that_would_break_a_header() {
        for bad in ["", "a b", "a\r\nHost: evil", "ä"] {
            let read = Tokens::from_answer(answer(bad), at(0));
            assert_eq!(read.err(), Some(SignInError::Unreadable), "{bad:?}");
        }
    }

    #[test]
    fn is_due_shortly_before_it_expires() {
        let hour = tokens(Some(3_600), None);
        assert!(!hour.is_due(at(4_569)));
        assert!(hour.is_due(at(4_570)));
        assert!(!hour.is_expired(at(4_599)));
        assert!(hour.is_expired(at(4_600)));
        assert!(!tokens(None, None).is_due(at(1_000_000_000)));
    }

    #[test]
    fn keeps_a_refresh_token_that_is_not_rotated() {
        let old = tokens(Some(60), Some("old"));
        let secret = |tokens: Tokens| tokens.refresh.map(RefreshToken::into_secret);
        assert_eq!(
            secret(old.renewed_by(tokens(Some(60), None))).as_deref(),
            Some("old")
        );
        assert_eq!(
            secret(old.renewed_by(tokens(None, Some("new")))).as_deref(),
            Some("new")
        );
    }

    #[test]
    fn shows_no_secret() {
        let shown = format!("{:?}", tokens(Some(60), Some("the-refresh")));
        assert!(!shown.contains("the-"), "{shown}");
    }
}
