//! A sign-in between the redirect to the sign-in server and its response.

use super::ReturnPath;
use serde::{Deserialize, Serialize};
use shared::timestamp::Timestamp;
use std::fmt;

/// How long an attempt may take, in seconds.
const LIFETIME: i64 = 600;

/// The PKCE code verifier of an attempt.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CodeVerifier(String);

impl CodeVerifier {
    pub fn new(secret: String) -> Self {
        Self(secret)
    }

    /// Returns the secret, for the token request.
    pub fn into_secret(self) -> String {
        self.0
    }
}

impl fmt::Debug for CodeVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeVerifier([redacted])")
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInAttempt {
    /// Proves to the token endpoint that this page started the attempt. `None` after its use.
    pub verifier: Option<CodeVerifier>,
    pub return_to: ReturnPath,
    /// The start of the attempt, in seconds since 1970.
    pub started: i64,
    /// Whether the sign-in server must not show a page (`prompt=none`).
    #[serde(default)]
    pub silent: bool,
}

impl SignInAttempt {
    pub fn new(verifier: CodeVerifier, return_to: ReturnPath, now: Timestamp) -> Self {
        Self {
            verifier: Some(verifier),
            return_to,
            started: now.unix(),
            silent: false,
        }
    }

    /// Whether the attempt took too long. A start in the future counts as fresh: the clock was set
    /// back in the meantime.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        now.unix() - self.started > LIFETIME
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attempts_expire_after_ten_minutes() {
        let at = |seconds| Timestamp::from_unix(seconds).expect("a point in time");
        let verifier = CodeVerifier::new("secret".into());
        let attempt = SignInAttempt::new(verifier, ReturnPath::default(), at(1_000));
        assert!(!attempt.is_expired(at(0)));
        assert!(!attempt.is_expired(at(1_600)));
        assert!(attempt.is_expired(at(1_601)));
        assert!(!format!("{attempt:?}").contains("secret"));
    }
}
