//! One attempt to sign in, between leaving for the sign-in server and coming back.

use super::ReturnPath;
use serde::{Deserialize, Serialize};
use shared::timestamp::Timestamp;
use std::fmt;

/// How long an attempt may take, in seconds.
const LIFETIME: i64 = 600;

/// The PKCE code verifier of an attempt.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Verifier(String);

impl Verifier {
    /// Takes a verifier.
    pub fn new(secret: String) -> Self {
        Self(secret)
    }

    /// Gives the secret away, for the token request.
    pub fn into_secret(self) -> String {
        self.0
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verifier([redacted])")
    }
}

/// What has to be remembered until the sign-in server sends the browser back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// Proves to the token endpoint that this page started the attempt. `None` once it was used.
    pub verifier: Option<Verifier>,
    /// Where the person was.
    pub return_to: ReturnPath,
    /// When the attempt was started, in seconds since 1970.
    pub started: i64,
}

impl Attempt {
    /// Starts an attempt.
    pub fn new(verifier: Verifier, return_to: ReturnPath, now: Timestamp) -> Self {
        Self {
            verifier: Some(verifier),
            return_to,
            started: now.unix(),
        }
    }

    /// Whether it has taken too long. One that seems to be from the future is as good as new: the clock
    /// was set back meanwhile.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        now.unix() - self.started > LIFETIME
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lasts_ten_minutes() {
        let at = |seconds| Timestamp::from_unix(seconds).expect("a point in time");
        let verifier = Verifier::new("secret".into());
        let attempt = Attempt::new(verifier, ReturnPath::default(), at(1_000));
        assert!(!attempt.is_expired(at(0)));
        assert!(!attempt.is_expired(at(1_600)));
        assert!(attempt.is_expired(at(1_601)));
        assert!(!format!("{attempt:?}").contains("secret"));
    }
}
