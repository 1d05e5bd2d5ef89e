//! Tokens of the sign-in server.

use super::SignInError;
use oauth2::{AccessToken, RefreshToken};
use serde::{Deserialize, Serialize};
use shared::timestamp::Timestamp;

/// A token is renewed this many seconds before it expires, so that it does not expire in transit.
const LEEWAY: i64 = 30;

/// An access token and how to renew it. `Debug` shows no secret. The tabs of this browser send it
/// to each other; it is never stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tokens {
    pub access: AccessToken,
    pub renewal: RenewalMethod,
    /// Expiry of the access token by our server's clock, in seconds since 1970.
    expires: Option<i64>,
}

/// How to get the next access token. The serialized names are those of earlier builds, whose tabs
/// may still be open.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum RenewalMethod {
    /// Only by a new sign-in.
    #[serde(rename = "Never")]
    SignIn,
    /// By a refresh token, which the token endpoint may accept only once.
    #[serde(rename = "Token")]
    RefreshToken(RefreshToken),
    /// Through our server, which keeps the refresh token in a cookie.
    Cookie,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenFreshness {
    Fresh,
    /// The token should be renewed before its next use.
    RenewalDue,
    /// The token has expired and cannot be renewed.
    Expired,
}

impl Tokens {
    /// `lifetime` is in seconds. Refuses an access token that cannot be part of a header (RFC 6750,
    /// section 2.1).
    pub fn new(
        access: String,
        lifetime: Option<u64>,
        renewal: RenewalMethod,
        now: Timestamp,
    ) -> Result<Self, SignInError> {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || "-._~+/=".contains(c);
        if access.is_empty() || !access.chars().all(is_allowed) {
            return Err(SignInError::Unreadable);
        }
        Ok(Self {
            access: AccessToken::new(access),
            renewal,
            expires: lifetime.map(|seconds| now.unix().saturating_add_unsigned(seconds)),
        })
    }

    pub fn freshness(&self, now: Timestamp) -> TokenFreshness {
        let Some(remaining) = self.expires.map(|expires| expires - now.unix()) else {
            return TokenFreshness::Fresh;
        };
        match &self.renewal {
            RenewalMethod::SignIn if remaining <= 0 => TokenFreshness::Expired,
            RenewalMethod::RefreshToken(_) | RenewalMethod::Cookie if remaining <= LEEWAY => {
                TokenFreshness::RenewalDue
            }
            _ => TokenFreshness::Fresh,
        }
    }

    /// These tokens without a refresh token that was rejected, while the access token is valid.
    pub fn without_refresh_token(&self, now: Timestamp) -> Option<Self> {
        let rest = Self {
            renewal: RenewalMethod::SignIn,
            ..self.clone()
        };
        let is_valid = rest.freshness(now) == TokenFreshness::Fresh;
        (is_valid && matches!(self.renewal, RenewalMethod::RefreshToken(_))).then_some(rest)
    }

    /// The value of the `Authorization` header.
    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.access.secret())
    }

    /// Replaces these tokens by new ones. A server that does not rotate refresh tokens sends none,
    /// so the old one stays.
    #[must_use]
    pub fn renewed_by(&self, new: Self) -> Self {
        match new.renewal {
            RenewalMethod::SignIn => Self {
                renewal: self.renewal.clone(),
                ..new
            },
            _ => new,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::fixtures::at;

    fn tokens(lifetime: Option<u64>, renewal: RenewalMethod) -> Tokens {
        Tokens::new("the-token".into(), lifetime, renewal, at(1_000)).expect("tokens")
    }

    fn refresh(secret: &str) -> RenewalMethod {
        RenewalMethod::RefreshToken(RefreshToken::new(secret.into()))
    }

    #[test]
    fn tokens_that_break_a_header_are_refused() {
        for bad in ["", "a b", "a\r\nHost: evil", "ä"] {
            let read = Tokens::new(bad.into(), None, RenewalMethod::SignIn, at(0));
            assert_eq!(read.err(), Some(SignInError::Unreadable), "{bad:?}");
        }
    }

    #[test]
    fn renewable_tokens_are_due_before_they_expire() {
        for renewal in [refresh("r"), RenewalMethod::Cookie] {
            let hour = tokens(Some(3_600), renewal);
            assert_eq!(hour.freshness(at(4_569)), TokenFreshness::Fresh);
            assert_eq!(hour.freshness(at(4_570)), TokenFreshness::RenewalDue);
            assert_eq!(hour.freshness(at(9_000)), TokenFreshness::RenewalDue);
        }
    }

    #[test]
    fn tokens_without_renewal_are_used_until_they_expire() {
        let hour = tokens(Some(3_600), RenewalMethod::SignIn);
        assert_eq!(hour.freshness(at(4_599)), TokenFreshness::Fresh);
        assert_eq!(hour.freshness(at(4_600)), TokenFreshness::Expired);
        let endless = tokens(None, RenewalMethod::SignIn);
        assert_eq!(endless.freshness(at(1_000_000_000)), TokenFreshness::Fresh);
    }

    #[test]
    fn refresh_tokens_that_are_not_rotated_are_kept() {
        let old = tokens(Some(60), refresh("old"));
        let secret = |tokens: Tokens| match tokens.renewal {
            RenewalMethod::RefreshToken(token) => token.into_secret(),
            other => panic!("no refresh token: {other:?}"),
        };
        assert_eq!(
            secret(old.renewed_by(tokens(None, RenewalMethod::SignIn))),
            "old"
        );
        assert_eq!(secret(old.renewed_by(tokens(None, refresh("new")))), "new");
    }

    #[test]
    fn a_rejected_refresh_token_is_dropped_while_the_access_token_is_valid() {
        let minute = tokens(Some(60), refresh("rejected"));
        let rest = minute.without_refresh_token(at(1_059)).expect("valid");
        assert!(matches!(rest.renewal, RenewalMethod::SignIn));
        assert_eq!(rest.freshness(at(1_059)), TokenFreshness::Fresh);
        assert!(minute.without_refresh_token(at(1_060)).is_none(), "expired");
        let by_cookie = tokens(Some(60), RenewalMethod::Cookie);
        assert!(by_cookie.without_refresh_token(at(1_000)).is_none());
    }

    #[test]
    fn debug_output_shows_no_secret() {
        let shown = format!("{:?}", tokens(Some(60), refresh("the-refresh")));
        assert!(!shown.contains("the-"), "{shown}");
    }
}
