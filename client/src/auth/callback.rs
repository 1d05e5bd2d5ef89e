//! Reads and checks what the sign-in server sent back.

use super::attempt::{Attempt, Verifier};
use super::{ReturnPath, SignInError};
use shared::api::{OauthConfig, StatePolicy};
use shared::timestamp::Timestamp;
use std::fmt;

/// Parameters of an authorization response. They leave the address bar, others stay.
const OURS: [&str; 7] = [
    "code",
    "state",
    "iss",
    "error",
    "error_description",
    "error_uri",
    "session_state",
];

/// An authorization code.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// Gives the secret away, for the token request.
    pub fn into_secret(self) -> String {
        self.0
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code([redacted])")
    }
}

/// The authorization response, unchecked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The attempt it claims to answer.
    pub state: Option<String>,
    code: Option<Code>,
    iss: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

/// A checked authorization response: everything the token request needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// To be exchanged for a token.
    pub code: Code,
    /// Belongs to the code.
    pub verifier: Verifier,
    /// Where the person was.
    pub return_to: ReturnPath,
    /// Whether the person has to say that it is theirs, because nothing ties the answer to the attempt.
    pub confirm: bool,
}

impl Answer {
    /// Reads a query string, with or without its `?`. `None` when it holds no answer.
    pub fn from_query(query: &str) -> Option<Self> {
        let mut answer = Self::default();
        for (name, value) in pairs(query) {
            let value = Some(value);
            match &*name {
                "state" => answer.state = value,
                "code" => answer.code = value.map(Code),
                "iss" => answer.iss = value,
                "error" => answer.error = value,
                "error_description" => answer.error_description = value,
                _ => {}
            }
        }
        let is_answer = answer.code.is_some() || answer.error.is_some() || answer.state.is_some();
        is_answer.then_some(answer)
    }

    /// Checks the answer against the attempt that its `state` names. Nothing in it is believed, not
    /// even an error, before state and issuer are right. An answer without `state` is taken only where
    /// the sign-in server is known to drop it; then the person is asked whether it is theirs.
    pub fn check(
        self,
        attempt: Option<Attempt>,
        config: &OauthConfig,
        now: Timestamp,
    ) -> Result<Accepted, SignInError> {
        let confirm = self.state.is_none();
        if confirm && config.state == StatePolicy::Required {
            return Err(SignInError::StateMissing);
        }
        let attempt = attempt.ok_or(SignInError::StateUnknown)?;
        if attempt.is_expired(now) {
            return Err(SignInError::AttemptExpired);
        }
        let verifier = attempt.verifier.ok_or(SignInError::StateUnknown)?;
        match (&self.iss, &config.issuer) {
            (None, _) if config.iss_required => return Err(SignInError::IssuerMissing),
            (Some(iss), Some(issuer)) if iss != issuer => return Err(SignInError::IssuerWrong),
            _ => {}
        }
        match (self.error, self.code) {
            (Some(error), _) if error == "access_denied" => Err(SignInError::Denied),
            (Some(error), _) => Err(SignInError::Refused {
                error,
                description: self.error_description,
            }),
            (None, None) => Err(SignInError::Incomplete),
            (None, Some(code)) => Ok(Accepted {
                code,
                verifier,
                return_to: attempt.return_to,
                confirm,
            }),
        }
    }
}

/// A query string without the parameters of an authorization response; empty or starting with `?`.
pub fn without_answer(query: &str) -> String {
    let others = pairs(query).filter(|(name, _)| !OURS.contains(&name.as_str()));
    let rest = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(others)
        .finish();
    if rest.is_empty() {
        rest
    } else {
        format!("?{rest}")
    }
}

fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(query.trim_start_matches('?').as_bytes()).into_owned()
}

#[cfg(test)]
mod tests;
