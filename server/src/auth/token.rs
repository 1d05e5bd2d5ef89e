//! A bearer token as it was presented (RFC 6750).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::{HeaderMap, header::AUTHORIZATION};
use sha2::{Digest, Sha256};
use std::fmt;

/// Longest token that is looked at, in bytes; gn-auth's and JWTs are far below.
const MAX_LENGTH: usize = 8 * 1024;

/// A token whose validity is not known. It shows itself nowhere: not in `Debug`, not in logs.
#[derive(Clone)]
pub struct BearerToken(String);

/// Why no token could be read from a request. Anonymous and malformed are different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoToken {
    /// There is no `Authorization` header.
    Absent,
    /// There is one, or several, but not one `Bearer <token>`.
    Malformed,
}

impl BearerToken {
    /// Reads the token from the `Authorization` header, and from nowhere else.
    ///
    /// # Errors
    /// [`NoToken`] when there is none, or something else than one.
    pub fn from_headers(headers: &HeaderMap) -> Result<Self, NoToken> {
        let mut values = headers.get_all(AUTHORIZATION).iter();
        let value = values.next().ok_or(NoToken::Absent)?;
        if values.next().is_some() {
            return Err(NoToken::Malformed);
        }
        let (scheme, token) = value
            .to_str()
            .ok()
            .and_then(|value| value.split_once(' '))
            .ok_or(NoToken::Malformed)?;
        let token = token.trim();
        let sound = scheme.eq_ignore_ascii_case("bearer")
            && !token.is_empty()
            && token.len() <= MAX_LENGTH
            && token
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte));
        if sound {
            Ok(Self(token.to_owned()))
        } else {
            Err(NoToken::Malformed)
        }
    }

    /// Takes a token that came another way, for tests of validators.
    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into())
    }

    /// The token itself: for the auth server and for nobody else.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }

    /// When the token itself says that it expires, in seconds of Unix time, if it is a JWT. Nobody has
    /// checked its signature: good for forgetting an answer earlier, never for believing one.
    pub(super) fn expiry_hint(&self) -> Option<i64> {
        #[derive(serde::Deserialize)]
        struct Claims {
            exp: i64,
        }
        let payload = self.0.split('.').nth(1)?;
        let payload = BASE64_URL_SAFE_NO_PAD.decode(payload).ok()?;
        let claims: Claims = serde_json::from_slice(&payload).ok()?;
        Some(claims.exp)
    }

    /// SHA-256 of the token: what answers are remembered under.
    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }
}

impl fmt::Debug for BearerToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BearerToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[&str]) -> Result<String, NoToken> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(AUTHORIZATION, value.parse().expect("a header value"));
        }
        BearerToken::from_headers(&headers).map(|token| token.0)
    }

    #[test]
    fn one_bearer_token_is_read() {
        assert_eq!(
            read(&["Bearer abc.def-1_2~+/="]),
            Ok("abc.def-1_2~+/=".to_owned())
        );
        assert_eq!(read(&["bearer abc"]), Ok("abc".to_owned()));
    }

    #[test]
    fn anonymous_and_malformed_are_told_apart() {
        assert_eq!(read(&[]), Err(NoToken::Absent));
        let long = format!("Bearer {}", "a".repeat(MAX_LENGTH + 1));
        for values in [
            &["Basic abc"][..],
            &["Bearer"],
            &["Bearer "],
            &["Bearer a b"],
            &["Bearer a\tb"],
            &["Bearer a", "Bearer b"],
            &[long.as_str()],
        ] {
            assert_eq!(read(values), Err(NoToken::Malformed));
        }
    }

    #[test]
    fn a_jwt_hints_at_its_expiry_and_other_tokens_do_not() {
        let payload = BASE64_URL_SAFE_NO_PAD.encode(r#"{"exp":1700000000}"#);
        let jwt = BearerToken::new(format!("e30.{payload}.c2ln"));
        assert_eq!(jwt.expiry_hint(), Some(1_700_000_000));
        for other in ["opaque", "a.b.c", "..", "e30.e30.e30"] {
            assert_eq!(BearerToken::new(other).expiry_hint(), None, "{other}");
        }
    }

    #[test]
    fn debug_does_not_show_it() {
        assert!(!format!("{:?}", BearerToken::new("hunter2")).contains("hunter2"));
    }
}
