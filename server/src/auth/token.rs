//! The bearer token of a request (RFC 6750).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::{HeaderMap, header::AUTHORIZATION};
use sha2::{Digest, Sha256};
use std::fmt;

/// In bytes. Tokens of gn-auth and JWTs are far shorter.
const MAX_LENGTH: usize = 8 * 1024;

/// A token that was not validated yet. Its `Debug` output hides it.
#[derive(Clone)]
pub struct BearerToken(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoToken {
    Absent,
    /// There is a header, or several, but not one `Bearer <token>`.
    Malformed,
}

impl BearerToken {
    /// Reads the token from the `Authorization` header, and from nowhere else.
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

    pub fn new(token: impl Into<String>) -> Self {
        Self(token.into())
    }

    /// For requests to the auth server only.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }

    /// The expiry that a JWT claims, in seconds of Unix time. The signature is not checked, so the
    /// value may only shorten the time that a validation result is cached.
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

    /// SHA-256 of the token, the key of the cache.
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
    fn single_bearer_token_is_read() {
        assert_eq!(
            read(&["Bearer abc.def-1_2~+/="]),
            Ok("abc.def-1_2~+/=".to_owned())
        );
        assert_eq!(read(&["bearer abc"]), Ok("abc".to_owned()));
    }

    #[test]
    fn missing_and_malformed_tokens_are_distinguished() {
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
    fn only_a_jwt_has_an_expiry_hint() {
        let payload = BASE64_URL_SAFE_NO_PAD.encode(r#"{"exp":1700000000}"#);
        let jwt = BearerToken::new(format!("e30.{payload}.c2ln"));
        assert_eq!(jwt.expiry_hint(), Some(1_700_000_000));
        for other in ["opaque", "a.b.c", "..", "e30.e30.e30"] {
            assert_eq!(BearerToken::new(other).expiry_hint(), None, "{other}");
        }
    }

    #[test]
    fn debug_output_hides_the_token() {
        assert!(!format!("{:?}", BearerToken::new("hunter2")).contains("hunter2"));
    }
}
