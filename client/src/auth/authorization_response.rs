//! Reads and checks the authorization response of the sign-in server.

use super::response_parameters::parse_pairs;
use super::sign_in_attempt::{CodeVerifier, SignInAttempt};
use super::{ReturnPath, SignInError};
use shared::api::{OauthConfig, StatePolicy};
use shared::timestamp::Timestamp;
use std::fmt;

#[derive(Clone, PartialEq, Eq)]
pub struct AuthorizationCode(String);

impl AuthorizationCode {
    /// Returns the secret, for the token request.
    pub fn into_secret(self) -> String {
        self.0
    }
}

impl fmt::Debug for AuthorizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthorizationCode([redacted])")
    }
}

/// An authorization response before any check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuthorizationResponse {
    /// The `state` of the attempt that the response claims to answer.
    pub state: Option<String>,
    code: Option<AuthorizationCode>,
    iss: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

/// An authorization response that passed all checks, with everything the token request needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedResponse {
    pub code: AuthorizationCode,
    pub verifier: CodeVerifier,
    pub return_to: ReturnPath,
    /// Whether the person must confirm the identity, because no `state` ties the response to the
    /// attempt.
    pub needs_confirmation: bool,
}

impl AuthorizationResponse {
    /// Reads a query string, with or without its `?`. `None` when it holds no response.
    pub fn from_query(query: &str) -> Option<Self> {
        let mut response = Self::default();
        for (name, value) in parse_pairs(query) {
            let value = Some(value);
            match &*name {
                "state" => response.state = value,
                "code" => response.code = value.map(AuthorizationCode),
                "iss" => response.iss = value,
                "error" => response.error = value,
                "error_description" => response.error_description = value,
                _ => {}
            }
        }
        let is_response =
            response.code.is_some() || response.error.is_some() || response.state.is_some();
        is_response.then_some(response)
    }

    /// Checks the response against the attempt with its `state`. State and issuer are checked
    /// before anything else is believed, even an error. A response without `state` is accepted only
    /// where the sign-in server is known to drop it; then the person must confirm the identity.
    pub fn check(
        self,
        attempt: Option<SignInAttempt>,
        config: &OauthConfig,
        now: Timestamp,
    ) -> Result<CheckedResponse, SignInError> {
        let needs_confirmation = self.state.is_none();
        if needs_confirmation && config.state == StatePolicy::Required {
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
            (None, Some(code)) => Ok(CheckedResponse {
                code,
                verifier,
                return_to: attempt.return_to,
                needs_confirmation,
            }),
        }
    }
}

#[cfg(test)]
mod tests;
