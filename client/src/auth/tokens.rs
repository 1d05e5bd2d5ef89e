//! What the token endpoint gave.

use super::SignInError;
use oauth2::{AccessToken, RefreshToken};
use serde::{Deserialize, Serialize};
use shared::timestamp::Timestamp;

/// A token is renewed this many seconds before it expires, so that it does not expire on the way.
const LEEWAY: i64 = 30;

/// An access token and what belongs to it. `Debug` shows none of the secrets; the tabs of this browser send
/// it to each other, and it is written nowhere else.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tokens {
    /// Shown to our server.
    pub access: AccessToken,
    /// How to get the next one.
    pub renewal: Renewal,
    /// When the access token expires, by our server's clock, in seconds since 1970.
    expires: Option<i64>,
}

/// How the next access token is got.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Renewal {
    /// Only by signing in again.
    Never,
    /// Shown to the token endpoint, and then used up.
    Token(RefreshToken),
    /// Our server keeps what it takes, in a cookie.
    Cookie,
}

/// What an access token is good for at some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can be used.
    Good,
    /// It should be renewed before its next use.
    Due,
    /// It is of no use any more, and cannot be renewed.
    Over,
}

impl Tokens {
    /// Takes what came in now, with the lifetime that was told, in seconds. A token that cannot stand in a
    /// header (RFC 6750, section 2.1) is not one.
    pub fn new(
        access: String,
        lifetime: Option<u64>,
        renewal: Renewal,
        now: Timestamp,
    ) -> Result<Self, SignInError> {
        let can_be_sent = |c: char| c.is_ascii_alphanumeric() || "-._~+/=".contains(c);
        if access.is_empty() || !access.chars().all(can_be_sent) {
            return Err(SignInError::Unreadable);
        }
        Ok(Self {
            access: AccessToken::new(access),
            renewal,
            expires: lifetime.map(|seconds| now.unix().saturating_add_unsigned(seconds)),
        })
    }

    /// What the access token is good for now.
    pub fn standing(&self, now: Timestamp) -> Standing {
        let Some(left) = self.expires.map(|expires| expires - now.unix()) else {
            return Standing::Good;
        };
        match &self.renewal {
            Renewal::Never if left <= 0 => Standing::Over,
            Renewal::Token(_) | Renewal::Cookie if left <= LEEWAY => Standing::Due,
            _ => Standing::Good,
        }
    }

    /// The value of the `Authorization` header.
    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.access.secret())
    }

    /// These tokens as a renewal leaves them: a server that does not rotate refresh tokens sends none.
    #[must_use]
    pub fn renewed_by(&self, new: Self) -> Self {
        match new.renewal {
            Renewal::Never => Self {
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

    fn tokens(lifetime: Option<u64>, renewal: Renewal) -> Tokens {
        Tokens::new("the-token".into(), lifetime, renewal, at(1_000)).expect("tokens")
    }

    fn refresh(secret: &str) -> Renewal {
        Renewal::Token(RefreshToken::new(secret.into()))
    }

    #[test]
    fn takes_no_token_that_would_break_a_header() {
        for bad in ["", "a b", "a\r\nHost: evil", "ä"] {
            let read = Tokens::new(bad.into(), None, Renewal::Never, at(0));
            assert_eq!(read.err(), Some(SignInError::Unreadable), "{bad:?}");
        }
    }

    #[test]
    fn is_due_shortly_before_it_expires_if_it_can_be_renewed() {
        for renewal in [refresh("r"), Renewal::Cookie] {
            let hour = tokens(Some(3_600), renewal);
            assert_eq!(hour.standing(at(4_569)), Standing::Good);
            assert_eq!(hour.standing(at(4_570)), Standing::Due);
            assert_eq!(hour.standing(at(9_000)), Standing::Due);
        }
    }

    #[test]
    fn is_used_to_the_last_second_if_it_cannot() {
        let hour = tokens(Some(3_600), Renewal::Never);
        assert_eq!(hour.standing(at(4_599)), Standing::Good);
        assert_eq!(hour.standing(at(4_600)), Standing::Over);
        let endless = tokens(None, Renewal::Never);
        assert_eq!(endless.standing(at(1_000_000_000)), Standing::Good);
    }

    #[test]
    fn keeps_a_refresh_token_that_is_not_rotated() {
        let old = tokens(Some(60), refresh("old"));
        let secret = |tokens: Tokens| match tokens.renewal {
            Renewal::Token(token) => token.into_secret(),
            other => panic!("no refresh token: {other:?}"),
        };
        assert_eq!(secret(old.renewed_by(tokens(None, Renewal::Never))), "old");
        assert_eq!(secret(old.renewed_by(tokens(None, refresh("new")))), "new");
    }

    #[test]
    fn shows_no_secret() {
        let shown = format!("{:?}", tokens(Some(60), refresh("the-refresh")));
        assert!(!shown.contains("the-"), "{shown}");
    }
}
