//! Interprets the auth server's error responses to a token.

use super::validator::AuthError;
use serde::Deserialize;

/// The body of an OAuth2 error (RFC 6749, section 5.2).
#[derive(Deserialize, Default)]
pub(super) struct OauthErrorBody {
    #[serde(default)]
    pub(super) error: String,
    #[serde(default)]
    error_description: String,
}

impl OauthErrorBody {
    /// Reads a body. One that is no OAuth2 error has an empty `error`.
    pub(super) fn read(body: &[u8]) -> Self {
        serde_json::from_slice(body).unwrap_or_default()
    }
}

/// The refusal of a response with a status of the standard (400, 401, 403).
pub(super) fn refused(body: &OauthErrorBody) -> AuthError {
    if body.error == "insufficient_scope" {
        AuthError::InsufficientScope
    } else if body.error == "expired_token" || body.error_description.contains("expired") {
        AuthError::Expired
    } else {
        AuthError::Rejected
    }
}

/// The refusal of a response with status 500, or `None` if the response is an outage.
///
/// gn-auth of 2025 answers a missing, wrong or ended token with 500, like every exception that it
/// does not expect: `error` is the name of the exception's class in Python. Only the exceptions
/// that authlib raises because of the token count, under the name of their class or under their
/// OAuth2 code. `_HTTPException` is authlib's wrapper of these in Flask, and is raised for nothing
/// else.
pub(super) fn refused_by_server_error(body: &OauthErrorBody) -> Option<AuthError> {
    match body.error.as_str() {
        "ExpiredTokenError" | "TokenExpiredError" | "expired_token" => Some(AuthError::Expired),
        "InsufficientScopeError" | "insufficient_scope" => Some(AuthError::InsufficientScope),
        "InvalidTokenError"
        | "invalid_token"
        | "MissingTokenError"
        | "missing_token"
        | "MissingAuthorizationError"
        | "missing_authorization"
        | "RevokedTokenError"
        | "TokenRevokedError"
        | "revoked_token"
        | "UnsupportedTokenTypeError"
        | "unsupported_token_type"
        | "BadSignatureError"
        | "bad_signature"
        | "_HTTPException" => Some(AuthError::Rejected),
        _ => None,
    }
}

/// Whether a response with status 500 and this body refuses a token, as gn-auth of 2025 does.
pub fn refuses_token(body: &[u8]) -> bool {
    refused_by_server_error(&OauthErrorBody::read(body)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_errors_about_the_token_turn_a_server_error_into_a_refusal() {
        for (body, expected) in [
            (
                r#"{"error":"InvalidTokenError"}"#,
                Some(AuthError::Rejected),
            ),
            (r#"{"error":"invalid_token"}"#, Some(AuthError::Rejected)),
            (
                r#"{"error":"MissingTokenError"}"#,
                Some(AuthError::Rejected),
            ),
            (
                r#"{"error":"MissingAuthorizationError","error-trace":"…"}"#,
                Some(AuthError::Rejected),
            ),
            (r#"{"error":"_HTTPException"}"#, Some(AuthError::Rejected)),
            (r#"{"error":"ExpiredTokenError"}"#, Some(AuthError::Expired)),
            (
                r#"{"error":"InsufficientScopeError"}"#,
                Some(AuthError::InsufficientScope),
            ),
            (r#"{"error":"OperationalError"}"#, None),
            (
                r#"{"error":"KeyError","error_description":"InvalidTokenError: expired"}"#,
                None,
            ),
            (r#"{"error":"server_error"}"#, None),
            (r#"{"error":500}"#, None),
            ("{}", None),
            ("<!doctype html><title>InvalidTokenError</title>", None),
            ("", None),
        ] {
            let refusal = refused_by_server_error(&OauthErrorBody::read(body.as_bytes()));
            assert_eq!(refusal, expected, "{body}");
        }
    }
}
